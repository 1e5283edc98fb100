// In: nothing. Out: the closed lists of the field (kinds, channels, purposes, outcomes…), code → Chinese label.
// Invariant: stored values are the codes on the left, except where the field's own Chinese word is the code.

/** Kinds of document 文书. */
export const documentKinds = {
  petition: '信访件', survey_answer: '问卷开放题', note: '谈话座谈记录', post: '网络留言',
} as const;
export type DocumentKind = keyof typeof documentKinds;

/** Channels 渠道 by which a text came in. */
export const channels = ['来信', '来访', '集体访', '网上', '热线', '接待日', '领导信箱', '问卷', '谈话', '座谈', '其他'] as const;
export type Channel = (typeof channels)[number];

/** Purposes 信访目的 of a registered petition; 检举控告 is restricted. */
export const purposes = ['申诉求决', '建议意见', '检举控告', '未分类'] as const;

export const polarities = { negative: '负面', neutral: '中性', positive: '正面' } as const;
export type Polarity = keyof typeof polarities;

/** Intents 意图 of a text. */
export const intents = ['求决', '投诉', '检举', '建议', '咨询', '感谢'] as const;
export type Intent = (typeof intents)[number];

/** Kinds of automatic label whose quality is told. */
export const labelKinds = { topic: '诉求', polarity: '情感', intent: '意图', intensity: '强度', critical: '紧急' } as const;
export type LabelKind = keyof typeof labelKinds;

/** Who reads a text: a search for words, the linear model, the linear model and the transformer together. */
export const readerNames = { words: '只凭关键词', linear: '线性模型', combined: '线性模型加语义模型' } as const;
export type ReaderName = keyof typeof readerNames;

export const satisfactions = { satisfied: '满意', basic: '基本满意', dissatisfied: '不满意' } as const;

/** Kinds of file that can be imported. */
export const sourceKinds = {
  petition: '信访台账', survey: '问卷导出', note: '谈心谈话与座谈记录', post: '网络留言', headcount: '在岗人数', unit: '单位树',
} as const;
export type SourceKind = keyof typeof sourceKinds;

export const questionTypes = { single: '单选', multiple: '多选', scale: '量表', nps: 'NPS', open: '开放题' } as const;

/** Kinds of hotspot: by series, by a new cluster of texts, by one critical text. */
export const hotspotKinds = { series: '热点', emergent: '苗头', critical: '紧急' } as const;

/** Stages in the life of a hotspot; a part that sets itself apart splits, two that come to tell the same merge. */
export const hotspotStages = { born: '诞生', growing: '增长', steady: '持续', split: '分化', merged: '合并', gone: '平息', back: '再起' } as const;
export type HotspotStage = keyof typeof hotspotStages;

/** What a series counts 计量. */
export const seriesMeasures = { documents: '文字条数', matters: '事项数', negatives: '负面条数', people: '人次' } as const;
export type SeriesMeasure = keyof typeof seriesMeasures;
/** The word that follows a number of each. */
export const measureWords: Record<SeriesMeasure, string> = { documents: '条', matters: '个事项', negatives: '条负面', people: '人次' };
/** The same in an alert and its reports, which count texts as 件. */
export const countWord = (measure: SeriesMeasure): string => (measure === 'documents' ? '件' : measureWords[measure]);

/** Levels of an alert 预警, the most pressing first. */
export const alertLevels = ['紧急', '重要', '一般'] as const;
export type AlertLevel = (typeof alertLevels)[number];

/** States of an alert: 新发现 → 首报 → 处置中 (续报…) → 终报 → 归档, or 误报. */
export const alertStates = ['新发现', '首报', '处置中', '终报', '归档', '误报'] as const;
export type AlertState = (typeof alertStates)[number];

/** Reports of an alert, and how each is called. */
export const reportKinds = { first: '首报', follow: '续报', final: '终报' } as const;
export type ReportKind = keyof typeof reportKinds;

/** How an alert ended, as its last report says; 不属实 counts as a false alarm. */
export const alertOutcomes = ['已解决', '部分解决', '未解决', '不属实'] as const;
export type AlertOutcome = (typeof alertOutcomes)[number];

/** States of a draft of the briefing 月报; 定稿 is the end. */
export const briefingStates = ['草稿', '待审', '退回', '定稿'] as const;
export type BriefingState = (typeof briefingStates)[number];

/** Types of identifier that de-identification removes, with the mark that replaces each. */
export const identifierMarks = {
  name: '[姓名]', phone: '[电话]', id_card: '[身份证号]', bank_card: '[银行卡号]', staff_no: '[工号]',
  plate: '[车牌]', address: '[住址]', email: '[邮箱]', im: '[社交账号]',
} as const;
export type IdentifierType = keyof typeof identifierMarks;

/** Fields that a column of an imported file can be mapped to, as the import page offers them. */
export const importFields = {
  registration_no: '登记编号', received: '收到日期', registered: '登记日期', occurred: '发生日期', accepted: '受理日期', concluded: '办结日期', extended_days: '延期天数',
  name: '姓名', phone: '电话', id_card: '身份证号', staff_no: '工号', user: '用户', post: '岗位', age: '年龄', birth: '出生年月', unit: '单位', team: '区队', responsible_unit: '责任单位', title: '标题', text: '内容', channel: '渠道',
  people: '人数', purpose: '信访目的', repeat: '是否重复', escalated: '是否越级', outcome: '办理结果', reply: '答复意见', satisfaction: '满意度', likes: '点赞数', dislikes: '反对数',
  month: '月份', headcount: '在岗人数', unit_code: '单位编码', unit_name: '单位名称', parent: '上级单位', unit_kind: '单位类型', aliases: '别名',
} as const;

/** What the audit log 审计 tells of, and how each is called. */
export const auditActions = {
  view_text: '查看原文', export: '导出', sql: 'SQL 查询', query_save: '保存查询', token: '访问令牌', upload: '上传文件', import: '导入', correction: '改标', rollback: '退回版本', alert: '处置预警', alert_report: '预警报告', briefing: '编报月报',
  settings: '修改设置', user_add: '新建用户', user_reset: '重置密码', sign_in: '登录', sign_in_failed: '登录失败', sign_out: '退出', password: '修改密码',
} as const;
export type AuditAction = keyof typeof auditActions;
