// In: nothing. Out: every field that a column can mean, with the headers it goes by, the likeliest first.
// Invariant: a header stands under one field only; 序号 is no field, so that it is never taken for a registration number.

/** Fields with their Chinese label and known headers (already normalised by normalise-header.ts). */
export const fields = {
  registration_no: { label: '登记编号', headers: '登记编号 信访件编号 信访编号 信访件号 信访号 登记号 受理编号 件号 留言编号 来信编号 来访编号 信件编号 案件编号 工单编号 工单号 诉求编号 事项编号 信访事项编号 台账编号 件编号 流水号 编号' },
  received: { label: '收到日期', headers: '信访日期 信访时间 来访时间 来访日期 来信日期 来信时间 收信日期 收信时间 收件日期 收到日期 收到时间 留言时间 留言日期 提交时间 提交答卷时间 提交日期 答题时间 填写时间 填报时间 结束答题时间 答题结束时间 交卷时间 结束时间 接访日期 接访时间 接待日期 接待时间 来电时间 来电日期 反映时间 反映日期 投诉时间 投诉日期 诉求时间 诉求日期 谈话时间 谈话日期 谈心时间 谈心日期 访谈时间 访谈日期 座谈时间 座谈日期 会议时间 会议日期 记录时间 记录日期 发布时间 发布日期 发帖时间 发帖日期 发表时间 发表日期 评论时间 信访登记日期 创建时间 日期 时间 来信来访日期 来信来访时间 receivedat receiveddate date time' },
  registered: { label: '登记日期', headers: '登记日期 登记时间 登记受理日期 录入日期 录入时间 建档日期 registereddate' },
  occurred: { label: '发生日期', headers: '发生时间 发生日期 事发时间 事发日期 问题发生时间 问题发生日期 事件时间 occurreddate' },
  accepted: { label: '受理日期', headers: '受理日期 受理时间 受理告知日期 受理告知时间 accepteddate' },
  concluded: { label: '办结日期', headers: '办结日期 办结时间 结案日期 结案时间 答复时间 答复日期 回复时间 回复日期 办理完成时间 办理完成日期 完成时间 完成日期 办复日期 办复时间 实际办结日期 实际办结时间 concludeddate' },
  extended_days: { label: '延期天数', headers: '延期天数 延期 延长天数 延长办理天数 延期情况 是否延期 延期日数 办理延期 extendeddays' },
  name: { label: '姓名', headers: '姓名 信访人 信访人姓名 来访人 来访人姓名 来信人 来信人姓名 写信人 反映人 反映人姓名 投诉人 诉求人 诉求人姓名 当事人 留言人 联系人 联系人姓名 申请人 上访人 代表人 代表姓名 来电人 来电人姓名 提交人 建议人 咨询人 举报人 求助人 谈话对象 谈话人员 被谈话人 谈心对象 访谈对象 员工姓名 职工姓名 name' },
  phone: { label: '电话', headers: '联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 信访人电话 来访人电话 来电号码 联系号码 来电电话 主叫号码 phone mobile' },
  id_card: { label: '身份证号', headers: '身份证号 身份证号码 身份证 证件号码 证件号 公民身份号码 idcard' },
  staff_no: { label: '工号', headers: '工号 员工编号 职工编号 员工工号 职工号 人员编码 staffno' },
  user: { label: '用户', headers: '留言用户 用户 用户名 用户id 用户昵称 昵称 发帖人 发布人 发布者 作者 账号 网名 user' },
  post: { label: '岗位', headers: '岗位 工种 职务 岗位工种 工种岗位 职务岗位 岗位职务 职务工种 岗位名称 岗位类别 所在岗位 从事岗位 从事工种 信访人岗位 信访人职务 来访人职务 来访人岗位 post' },
  age: { label: '年龄', headers: '年龄 周岁 年龄段 信访人年龄 来访人年龄 反映人年龄 年龄岁 age' },
  birth: { label: '出生年月', headers: '出生年月 出生日期 出生年份 出生年 出生时间 出生年月日 生日 信访人出生年月 birth' },
  unit: { label: '单位', headers: '单位 所属单位 所在单位 涉及单位 涉事单位 信访人单位 信访人所在单位 工作单位 反映单位 被反映单位 问题单位 问题属地 单位名称 发生单位 二级单位 所属部门 所在部门 部门 部门单位 单位部门 谈话对象单位 谈话对象所在单位 谈话对象所在部门 谈话对象部门 座谈单位 所属矿 所在矿 矿 矿厂 来源单位 基层单位 用人单位 unit' },
  team: { label: '区队', headers: '区队 车间 区队车间 所在区队 所属区队 所在车间 所属车间 所在科室 科室 三级单位 基层区队 班组 team' },
  responsible_unit: { label: '责任单位', headers: '责任单位 承办单位 办理单位 主办单位 责任部门 承办部门 办理部门 主办部门 牵头单位 牵头部门 交办单位 转办单位 答复单位 受理单位 处理单位 处理部门 responsibleunit' },
  title: { label: '标题', headers: '标题 留言主题 主题 信访标题 信访主题 题目 帖子标题 诉求标题 事项名称 信访事项 名称 title' },
  text: { label: '内容', headers: '信访内容 反映内容 留言详情 留言内容 诉求内容 信访事项内容 信件内容 来信内容 来访内容 来电内容 投诉内容 主要诉求 反映问题 反映的问题 反映主要问题 主要问题 信访诉求 诉求 问题描述 诉求描述 内容 具体内容 详细内容 内容详情 问题内容 事由 信访事由 来访事由 信访原因 反映事项 反映情况 帖子内容 发帖内容 正文 评论内容 评论 谈话内容 谈话记录 谈话情况 谈心内容 访谈内容 访谈记录 座谈内容 座谈记录 发言内容 记录内容 意见建议 意见和建议 员工意见 员工诉求 反映的问题及诉求 反映问题及诉求 思想动态 发言摘要 内容摘要 信访内容摘要 主要内容 内容简述 摘要 text content' },
  channel: { label: '渠道', headers: '信访方式 信访形式 来访形式 来访方式 渠道 来源渠道 信访渠道 受理渠道 来源 信访来源 来信来访形式 信访类型 诉求渠道 反映渠道 方式 形式 谈话形式 谈话方式 channel' },
  people: { label: '人数', headers: '人数 来访人数 涉及人数 信访人数 人次 来访人次 涉访人数 参与人数 反映人数 联名人数 批次人数 合计人数 people' },
  purpose: { label: '信访目的', headers: '信访目的 类别 性质 信访类别 信访性质 事项性质 目的 诉求类别 问题性质 诉求类型 问题类别 问题类型 purpose' },
  repeat: { label: '是否重复', headers: '是否重复 初重 首次或重复 初信初访 是否重复信访 是否重访 是否重信重访 重复信访 是否初信初访 是否首次 是否初次 是否初访 初重信访 初重访 初次重复 初次或重复 初信重信 信访次数 第几次信访 来访次数 重复次数 初重情况 初重标识 repeat' },
  escalated: { label: '是否越级', headers: '是否越级 越级 是否越级访 越级访 是否越级信访 是否越级上访 越级信访 越级上访 escalated' },
  outcome: { label: '办理结果', headers: '办理结果 处理结果 办理情况 处理情况 办理状态 办理进度 处置结果 处置情况 结果 办结情况 处理意见 办理意见 化解情况 落实情况 outcome status' },
  reply: { label: '答复意见', headers: '答复意见 回复内容 答复内容 回复意见 答复 回复 答复情况 书面答复 办理答复 官方回复 reply' },
  satisfaction: { label: '满意度', headers: '满意度 群众评价 满意情况 满意度评价 群众满意度 信访人评价 信访人满意度 满意程度 回访评价 职工评价 评议结果 评价 评价结果 是否满意 回访情况 回访结果 回访满意度 satisfaction' },
  likes: { label: '点赞数', headers: '点赞数 点赞 支持数 赞 点赞量 支持 赞数 获赞数 likes' },
  dislikes: { label: '反对数', headers: '反对数 反对 踩 点踩数 反对量 dislikes' },
  month: { label: '月份', headers: '月份 月 年月 月度 统计月份 所属月份 统计月 month' },
  headcount: { label: '在岗人数', headers: '在岗人数 在册人数 职工人数 员工人数 期末人数 月末人数 在岗职工人数 在岗员工人数 从业人数 用工人数 总人数 在职人数 headcount' },
  unit_code: { label: '单位编码', headers: '单位编码 单位编号 单位代码 组织编码 组织机构编码 机构编码 部门编码 编码 代码 unitid' },
  unit_name: { label: '单位名称', headers: '组织名称 机构名称 组织机构名称 单位全称 全称' },
  parent: { label: '上级单位', headers: '上级单位 上级单位编码 上级单位名称 上级编码 上级 上级组织 上级机构 上级部门 父级 父单位 父级编码 隶属单位 隶属 主管单位 parentid parent' },
  unit_kind: { label: '单位类型', headers: '单位类型 类型 单位性质 单位类别 机构类型 组织类型 kind' },
  aliases: { label: '别名', headers: '别名 简称 单位简称 曾用名 其他名称 别称 aliases' },
} as const;

export type Field = keyof typeof fields;
export const fieldNames = Object.keys(fields) as Field[];

/** What is told of who wrote: kept as a group of posts and a band of ages. */
export const personalFields = ['post', 'age', 'birth'] as const satisfies readonly Field[];
/** Headings over columns of the office's own people, whose post is nobody's business here. */
export const officeHeading = /领导|接访|接待|包案|承办|经办|办理|责任|登记|受理|审核|记录|主持/;

/** Header → field and its rank among that field's headers. */
export const knownHeaders: ReadonlyMap<string, { field: Field; rank: number }> = new Map(
  fieldNames.flatMap((field) => fields[field].headers.split(' ').map((header, rank) => [header, { field, rank }] as const)),
);

/** Headers that are understood and not used: numbers of the row, people of the office, deadlines, our own two columns. */
export const unusedHeaders = /^(?:序号|序|行号|no|id|#|退回原因|怎样改|备注|说明|附件|图片|性别|民族|籍贯|住址|家庭住址|地址|联系地址|政治面貌|登记人|录入人|经办人|承办人|接访人|接待人|接谈人|记录人|主持人|谈话人|谈话领导|接访领导|接待领导|包案领导|包案人|责任人|负责人|批示领导|领导批示|批示|审核人|应办结.*|应受理.*|.*(?:期限|时限|截止|到期|限办).*|所用时间|答题时长|来源详情|来自ip|ip|ip地址|总分)$/;

/** Columns of a unit tree 单位树 that has one column per level. */
export const levelHeader = /^(?:集团|集团公司|总公司|公司|子公司|分公司|二级公司|矿厂?|矿厂处|(?:[一二三四五1-5]级)(?:单位|机构|部门|组织)|区队|车间|区队车间|部门|科室|部门科室|班组|工区)$/;

/** Where no known header fits: what words in a header point to, the surest first; only ever a guess, and shown as one. */
export const guesses: readonly (readonly [RegExp, Field])[] = [
  [/受理.*(?:日期|时间)/, 'accepted'],
  [/(?:办结|结案|答复|回复|完成|办复).*(?:日期|时间)/, 'concluded'],
  [/(?:登记|录入).*(?:日期|时间)/, 'registered'],
  [/发生.*(?:日期|时间)/, 'occurred'],
  [/(?:信访|来访|来信|来电|留言|提交|接访|接待|收到|收件|反映|投诉|诉求|发布|发表|发帖|谈|会议).*(?:日期|时间)/, 'received'],
  [/身份证/, 'id_card'], [/手机|电话|联系方式/, 'phone'], [/工号|员工编号|职工编号/, 'staff_no'],
  [/(?:信访|来访|来信|反映|上访|投诉|诉求|留言)人?.*姓名/, 'name'],
  [/(?:信访|来访|来信|留言|登记|受理|信件|案件|工单|事项).*(?:编号|号码|编码)/, 'registration_no'],
  [/不?满意|(?:回访|群众|职工|员工|来访人|诉求人).*评(?:价|议)/, 'satisfaction'], [/越级/, 'escalated'], [/重复|初重|初次|首次|初信|初访/, 'repeat'],
  [/延期|延长/, 'extended_days'],
  [/(?:责任|承办|主办|办理|牵头|交办).*(?:单位|部门)/, 'responsible_unit'],
  [/在岗|在册/, 'headcount'],
  [/(?:来访|涉及|信访|参与|反映)?.*(?:人数|人次)/, 'people'],
  [/(?:所在|所属|涉及|工作|信访人).*(?:单位|部门|矿)/, 'unit'],
  [/答复|回复/, 'reply'], [/(?:办理|处理|处置|化解|落实).*(?:结果|情况|进展)/, 'outcome'],
  [/(?:方式|形式|渠道)$/, 'channel'], [/(?:信访|问题|诉求|事项).*(?:目的|性质|类别|类型)/, 'purpose'],
  [/点赞|支持数/, 'likes'], [/反对/, 'dislikes'],
  [/(?:标题|主题)$/, 'title'],
  [/(?:内容|诉求|问题|事由|详情|描述|正文|记录|意见|建议)/, 'text'],
  [/(?:单位|部门)$/, 'unit'],
];
