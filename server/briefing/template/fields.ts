// In: nothing. Out: the fields that an office's Word template may have.

export const templateFields = {
  标题: '如“集团信访工作月报”“集团信访工作季报”', 期间: '如“2026年10月”“2026年第二季度”', 单位: '单位名称', 说明: '暂定数的提示，或数据截至何日、第几版',
  正文: '各节文字、图、表；须单独成段', 附表: '附表；须单独成段', 附录: '各数的口径；须单独成段',
  撰稿: '提交人', 审批: '审批人；草稿为空', 日期: '审批日期；草稿为空',
} as const;
export type TemplateField = keyof typeof templateFields;
/** Fields that stand for whole paragraphs. */
export const wholeFields: readonly TemplateField[] = ['正文', '附表', '附录'];
