// In: the column builders of table.ts and the closed lists of vocabulary.ts.
// Out: every table of the warehouse, once: DDL, row types and the table documentation all derive from here.
// Invariant: no column holds an identity, and every table says what one of its rows is.
import { ageBands, petitionGroupings, postGroups } from './post-groups.ts';
import { day, flag, integer, oneOf, optional, real, since, table, text, texts, time, type RowOf } from './table.ts';
import { channels, hotspotKinds, hotspotStages, intents, polarities, purposes, questionTypes, satisfactions, seriesMeasures } from './vocabulary.ts';
import { topicCodes } from './taxonomy.ts';

const keysOf = <T extends Record<string, string>>(o: T) => Object.keys(o) as [keyof T & string, ...(keyof T & string)[]];

const document = table('每行是收到的一段文字（信访件、问卷开放题、谈话记录、网络留言）', ['document_id'], {
  document_id: text('由来源与登记编号算出的稳定标识'),
  kind: oneOf(['petition', 'survey_answer', 'note', 'post'])('类别'),
  unit_id: text('所涉单位'),
  channel: oneOf(channels)('渠道'),
  received_at: time('收到时间；查询中问卷开放题只到日'),
  received_date: day('收到日期'),
  occurred_date: optional(day('发生日期')),
  title: optional(text('去标识后的标题；受限件为空')),
  text: optional(text('去标识后的正文；受限件为空，另存于 restricted_text')),
  length: integer('正文字数'),
  people: integer('涉及人数（人次）'),
  likes: integer('点赞数'),
  restricted: flag('是否受限（检举控告）'),
  polarity: oneOf(keysOf(polarities))('情感倾向'),
  intensity: integer('负面强度 0–3'),
  intent: oneOf(intents)('意图'),
  critical: flag('是否紧急'),
  critical_reason: optional(text('紧急的依据')),
  matter_id: text('所属事项'),
  template_id: optional(text('与他人文字雷同时，同一模板的标识')),
  source_id: text('来源文件'),
  source_row: integer('来源行号（表格中的行，自 1 起）；查询中问卷开放题不列，以免看出同一份答卷'),
});
const petition = table('每行是一件登记的信访件', ['document_id'], {
  document_id: text('文书'),
  registration_no: optional(text('登记编号')),
  purpose: oneOf(purposes)('信访目的'),
  is_joint: flag('是否集体访（5 人及以上）'),
  is_escalated: flag('是否越级'),
  is_repeat: flag('是否重复信访（同一人同一事再次提出，或台账注明）'),
  is_first: flag('是否初信初访'),
  stated_repeat: optional(flag('台账注明重复信访；未注明为空')),
  responsible_unit_id: text('责任单位'),
  registered_date: day('登记日期'),
  accepted_date: optional(day('受理日期')),
  accept_due_date: day('应受理日期：登记后 15 日'),
  concluded_date: optional(day('办结日期')),
  conclude_due_date: optional(day('应办结日期：受理后 60 日，加延期')),
  extended_days: integer('延期天数，0–30'),
  outcome: optional(text('办理结果（去标识）')),
  reply: optional(text('答复意见（去标识）')),
  satisfaction: optional(oneOf(keysOf(satisfactions))('群众评价')),
});
const demand = table('每行是一段文字中的一项诉求（文字 × 一级诉求）', ['document_id', 'topic'], {
  document_id: text('文书'),
  topic: oneOf(topicCodes)('一级诉求'),
  subtopic: optional(text('二级诉求，如 pay.arrears；说不清的为空')),
  probability: real('概率 0–1'),
  evidence_start: integer('依据在正文中的起点（UTF-16）'),
  evidence_end: integer('依据在正文中的终点'),
});

/** What metrics count of a text: columns of its own and, where it is none of a petition 信访件 empty, of that. */
const counted = {
  document_no: integer('文字的序号，按收到日期'), matter_no: integer('所属事项的序号'),
  ...(({ kind, unit_id, channel, received_date, people, polarity, intensity, intent, critical, restricted }) => ({ kind, unit_id, channel, received_date, people, polarity, intensity, intent, critical, restricted }))(document.columns),
  registered_date: optional(petition.columns.registered_date), purpose: optional(petition.columns.purpose),
  is_joint: optional(petition.columns.is_joint), is_escalated: optional(petition.columns.is_escalated), is_repeat: optional(petition.columns.is_repeat), is_first: optional(petition.columns.is_first),
  accepted_date: petition.columns.accepted_date, accept_due_date: optional(petition.columns.accept_due_date),
  concluded_date: petition.columns.concluded_date, conclude_due_date: petition.columns.conclude_due_date, satisfaction: petition.columns.satisfaction,
};

export const tables = {
  unit: table('每行是一个组织单位', ['unit_id'], {
    unit_id: text('单位编码；没有编码的以名称代之'),
    parent_id: optional(text('上级单位；集团为空')),
    name: text('单位名称'),
    kind: text('单位类型，如 矿井、洗选、电厂'),
    path: text('自集团起的编码路径，以 / 相连；用于按子树筛选'),
    level: integer('层级：集团 0，公司/矿 1，区队/车间 2'),
    branch_id: text('所属二级单位（层级 1 的祖先；集团为其本身）'),
    aliases: texts('别名与简称'),
  }),
  headcount: table('每行是一个单位一个月的在岗人数', ['unit_id', 'month'], {
    unit_id: text('单位'), month: day('月份（当月 1 日）'), headcount: integer('在岗人数，人'),
  }),
  document,
  restricted_text: table('每行是一件受限信访（检举控告）的去标识文字，只有指定角色可读', ['document_id'], {
    document_id: text('文书'), title: optional(text('标题')), text: text('正文'),
    outcome: optional(text('办理结果')), reply: optional(text('答复意见')),
  }),
  petition,
  petition_group: table('每行是一件信访件登记的岗位类别与年龄段；不逐件供人查看，只汇总成 group_demand；检举控告不在其中', ['document_id'], {
    document_id: text('文书'), post: optional(oneOf(postGroups)('岗位类别')), age_band: optional(oneOf(ageBands)('年龄段，按收到之日计')),
  }),
  group_demand: table('每行是一年 × 一种分法（岗位或年龄段）× 一组 × 一级诉求的信访件数；不分单位，登记人不足 5 人的组并入“其他”，检举控告不在其中；一组里提到或没提到的不足 5 人、或由别组能推算出不足 5 人的，件数为空', ['year', 'grouping', 'group_name', 'topic'], {
    year: day('登记之年（1 月 1 日）'), grouping: oneOf(keysOf(petitionGroupings))('分法'), group_name: text('组'), topic: oneOf(topicCodes)('一级诉求'),
    petitions: optional(integer('提到这类诉求的件数；为空是不能说')), of_petitions: integer('这一组的全部件数'),
  }),
  matter: table('每行是一个信访事项（同一件事，无论多少次、多少人提出）', ['matter_id'], {
    matter_id: text('事项'),
    unit_id: text('所涉单位'),
    topic: oneOf(topicCodes)('主要诉求'),
    first_date: day('首次提出'), last_date: day('最近提出'),
    documents: integer('文字数'),
    letters: integer('互不雷同的文字数'),
    persons: integer('提出人数（去重；不明者各计一人）'),
    people: integer('人次（各件涉及人数之和）'),
    repeats: integer('重复提出次数'),
    is_open: flag('是否尚有未办结的信访件'),
  }),
  demand,
  text_fact: table('每行是一段文字，连同它的信访件；由 document、petition、demand 得出，供计数：指标读它，不必连接', ['document_no'], { ...counted, raised: flag('是否提出了诉求') }),
  demand_fact: table('每行是一段文字中的一项诉求，连同那段文字和它的信访件；由 document、petition、demand 得出，供按诉求计数', ['document_no', 'topic'], { ...counted, topic: demand.columns.topic, subtopic: demand.columns.subtopic }),
  demand_frame: table('每行是一段文字的诉求要素；文字里没有说到的为空，受限件不列', ['document_id'], {
    document_id: text('文书'),
    asked_of: optional(text('向谁提，照原文')), asked: optional(text('要求什么，照原文')),
    lasted: optional(text('持续多久，照原文')), lasted_days: optional(integer('折合天数；约数取其下限')),
    amount: optional(text('金额，照原文')), amount_yuan: optional(real('折合元；约数取其下限')),
    people_told: optional(text('涉及人数，照原文')), people: optional(integer('折合人数；约数取其下限')),
  }),
  survey: table('每行是一次问卷调查', ['survey_id'], {
    survey_id: text('问卷'), title: text('名称'), first_date: day('首份答卷日期'), last_date: day('末份答卷日期'),
    respondents: integer('答卷数'), source_id: text('来源文件'),
  }),
  question: table('每行是问卷的一道题', ['survey_id', 'question_no'], {
    survey_id: text('问卷'), question_no: integer('题序，自 1 起'), title: text('题目'),
    type: oneOf(keysOf(questionTypes))('题型'),
    is_group: flag('是否分组题（年龄、岗位、单位等，只作分组用）'),
    options: texts('选项；量表为行标题'),
  }),
  answer: table('每行是一份答卷对一道题（多选、矩阵为一个选项）的回答', ['survey_id', 'respondent_no', 'question_no', 'option'], {
    survey_id: text('问卷'),
    respondent_no: integer('答卷序号：导入时重新编排，与身份无关'),
    question_no: integer('题序'),
    option: text('选项或矩阵行；其余题型为空字符串'),
    value: optional(real('分值：量表与 NPS')),
    unit_id: text('答卷单位'),
    document_id: optional(text('开放题对应的文书')),
  }),
  term: table('每行是一段文字中的一个词', ['document_id', 'term'], {
    document_id: text('文书'), term: text('词'), tag: text('词性或词典标签'), count: integer('出现次数'),
  }),
  term_fact: table('每行是一段文字中的一个有所指的词；由 document、term 得出，供比较前后用词', ['document_no', 'term'], {
    document_no: counted.document_no, term: text('词'),
  }),
  topic: table('每行是诉求分类的一项', ['topic'], {
    topic: text('代码，二级为 一级.二级'), parent: optional(text('上级')), label: text('名称'), definition: text('定义'), sort: integer('次序'),
  }),
  series: table('每行是一周 × 单位 × 一级诉求 × 二级诉求，各数可加；问卷开放题不在其中，因其多少由发卷决定', ['week', 'unit_id', 'topic', 'subtopic'], {
    week: day('ISO 周的周一'), unit_id: text('单位'), topic: oneOf(topicCodes)('一级诉求'), subtopic: optional(text('二级诉求；说不清的为空')),
    documents: integer('文字数'), matters: integer('当周提及的事项数；一个事项只计入其当周首件的二级诉求'), people: integer('人次'),
    negatives: integer('负面文字数'), intensity_sum: integer('负面强度之和'),
  }),
  expectation: table('每行是一周 × 单位（含上级）× 一级诉求的期望', ['week', 'unit_id', 'topic'], {
    week: day('ISO 周的周一'), unit_id: text('单位；上级单位为其子树之和'), topic: oneOf(topicCodes)('一级诉求'),
    observed: integer('观测文字数'), expected: real('期望文字数，只用该周以前的数据'), upper: real('上界'), score: real('得分'),
  }),
  expectation_detail: table('每行是一周 × 单位（含上级）× 诉求 × 计量的期望：二级诉求的文字数，一级诉求的事项、负面、人次；近两年，一级诉求的文字数在 expectation', ['week', 'unit_id', 'topic', 'subtopic', 'measure'], {
    week: day('ISO 周的周一'), unit_id: text('单位；上级单位为其子树之和'), topic: oneOf(topicCodes)('一级诉求'), subtopic: optional(text('二级诉求；空为整个一级诉求')),
    measure: oneOf(keysOf(seriesMeasures))('所计'), observed: integer('观测值'), expected: real('期望值，只用该周以前的数据'), upper: real('上界'), score: real('得分'),
  }),
  hotspot: table('每行是一个热点、苗头或紧急事项', ['hotspot_id'], {
    hotspot_id: text('由单位、诉求、起始周算出的稳定标识'),
    kind: oneOf(keysOf(hotspotKinds))('类别'),
    title: text('一句话说明'),
    unit_id: text('单位'), topic: oneOf(topicCodes)('诉求'), subtopic: optional(text('二级诉求；在一级诉求上看得最清的为空')),
    measure: since('documents', oneOf(keysOf(seriesMeasures))('观测值、期望值、上界所计：件、事项、负面、人次')),
    from_date: day('起'), to_date: day('止'),
    observed: integer('观测值'), expected: real('期望值'), upper: real('上界'),
    score: real('得分，越高越紧要'),
    terms: texts('特征词'),
    exemplar: optional(text('代表文字的一句（去标识原文）')),
    detector: text('检测方法与版本'),
  }),
  hotspot_member: table('每行是热点中的一段文字', ['hotspot_id', 'document_id'], {
    hotspot_id: text('热点'), document_id: text('文书'),
  }),
  hotspot_stage: table('每行是一个热点或苗头（紧急除外）一周的情形，按到当周为止的文字判断；没有文字、情形也未变的周不列', ['hotspot_id', 'week'], {
    hotspot_id: text('热点'), week: day('周一'),
    documents: integer('当周文字数'), matters: integer('当周事项数'), likes: integer('当周文字的点赞数'), units: integer('到当周为止涉及的单位数'),
    stage: oneOf(keysOf(hotspotStages))('情形'), words: texts('分化或合并的那一部分的特征词'),
  }),
  run: table('只有一行：产生本版数据的运行', ['version'], {
    version: integer('版本号'), as_of: day('数据截至日：所有收到日期中最晚的一天'),
    provisional_from: day('此周起登记尚不完整，为暂定数'),
    alarm_from: real('报警线：expectation 的得分达到此数即报警，由每月可接受的误报数算出'),
    month_start_day: since('1', integer('会计月自几日起；不是 1 时，每月自上月的这一天起，年、季随之')),
    tells_acceptance: since('true', flag('台账里有没有受理日期；一件也没有的，受理不评，等的是办结')),
    model: text('分类模型版本'), taxonomy: text('诉求分类版本'), dictionary: text('词典版本'), pipeline: text('程序版本'),
    documents: integer('文字数'), rejects: integer('退回行数'),
  }),
  source: table('每行是一个导入文件的一张表', ['source_id'], {
    source_id: text('内容指纹（文件 + 工作表）'), file: text('文件名'), sheet: text('工作表'),
    kind: oneOf(['petition', 'survey', 'note', 'post', 'headcount', 'unit'])('类别'),
    file_hash: text('文件内容 SHA-256'), version: integer('首次导入的版本号'),
    rows: integer('数据行数'), accepted: integer('接受'), rejected: integer('退回'), replaced: integer('此后被更正台账替换的行数'),
    mapping: text('列映射（JSON：字段 → 列名）'),
  }),
  reject: table('每行是一行被退回的数据（不含原文）', ['source_id', 'source_row', 'column_name'], {
    source_id: text('来源'), source_row: integer('行号'), column_name: text('列'),
    value_class: text('值的样子（空、文字、数字、过长…），不含值本身'), reason: text('原因'), remedy: text('怎样改'),
  }),
} as const;

export type TableName = keyof typeof tables;
export type Row<T extends TableName> = RowOf<(typeof tables)[T]>;
export const tableNames = Object.keys(tables) as TableName[];
