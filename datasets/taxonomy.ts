// In: the field's own topics. Out: the two-level taxonomy 诉求分类, with definitions that the product publishes.
// Invariant: codes are stable, labels may be reworded; second-level codes are `first.second`.

export interface Topic { readonly label: string; readonly definition: string; readonly children: Readonly<Record<string, string>> }

export const taxonomyVersion = '2026.1';

export const taxonomy = {
  safety: { label: '安全', definition: '生产与作业安全：事故、隐患、设备、违章、瞒报，以及消防与交通安全', children: {
    gas: '瓦斯与通风', roof: '顶板与冲击地压', water: '水害', transport: '运输与机电', fire: '火灾与消防', violation: '违章指挥与隐患不改', concealment: '瞒报与假数据', traffic: '道路与厂区交通安全' } },
  pay: { label: '薪酬', definition: '工资、奖金、绩效、加班费、津补贴的数额、分配与发放', children: {
    arrears: '拖欠', level: '标准与水平', fairness: '分配公平', overtime: '加班费', allowance: '津贴补贴', deduction: '扣罚' } },
  health: { label: '职业健康', definition: '粉尘、噪声、高温、有毒物，职业病、工伤的预防、认定与补偿，体检与心理健康', children: {
    dust: '粉尘与尘肺', noise: '噪声', heat: '高温', toxic: '有毒有害物', injury: '工伤认定与待遇', checkup: '体检', mental: '心理健康' } },
  skills: { label: '技能转型', definition: '培训、持证、职称、技能等级、职业通道，智能化与关井带来的转岗能力', children: {
    training: '培训', certificate: '持证与鉴定', title: '职称与技能等级', career: '职业通道', intelligent: '智能化替岗', transfer: '转岗再就业' } },
  welfare: { label: '福利保障', definition: '社保、公积金、退休、医疗、食堂、宿舍与困难帮扶', children: {
    insurance: '社会保险', fund: '公积金', retirement: '退休待遇', medical: '医疗保障', canteen: '食堂与班中餐', dormitory: '宿舍与澡堂', relief: '困难帮扶' } },
  employment: { label: '劳动用工', definition: '合同、派遣、招聘、调动、辞退、工时休假、改制分流与安置', children: {
    contract: '劳动合同', dispatch: '劳务派遣', hours: '工时与休假', transfer: '调动与借调', dismissal: '辞退与内退', restructuring: '改制分流安置', recruitment: '招聘与子女就业' } },
  living: { label: '生活后勤', definition: '住房、物业、供水供电供暖、道路通勤、学校与生活服务', children: {
    housing: '住房与产权', property: '物业', utilities: '水电气暖', commute: '通勤与道路', school: '子女就学', service: '生活服务' } },
  environment: { label: '环境保护', definition: '噪声、粉尘、污水、异味、矸石与塌陷对周边居民和环境的影响', children: {
    air: '扬尘与异味', water: '污水', noise: '噪声扰民', waste: '矸石与垃圾', subsidence: '塌陷与裂缝', ecology: '复垦绿化' } },
  governance: { label: '管理作风', definition: '干部作风、程序不公、推诿不答复、以权谋私、政策执行走样', children: {
    conduct: '态度与作风', procedure: '程序与公开', corruption: '以权谋私', response: '推诿与不答复', policy: '政策执行', punishment: '考核处分' } },
  other: { label: '其他', definition: '以上都不是：文体活动、建言、寻人寻物等', children: {
    culture: '文体活动', suggestion: '一般建言', inquiry: '一般咨询', unclear: '所指不明' } },
} as const satisfies Record<string, Topic>;

export type TopicCode = keyof typeof taxonomy;
export const topicCodes = Object.keys(taxonomy) as [TopicCode, ...TopicCode[]];

/** `薪酬`, or `薪酬·拖欠` where the second level is known. */
export function topicName(topic: TopicCode, subtopic: string | null): string {
  const children: Readonly<Record<string, string>> = taxonomy[topic].children, second = subtopic === null ? undefined : children[subtopic.slice(topic.length + 1)];
  return second === undefined ? taxonomy[topic].label : `${taxonomy[topic].label}·${second}`;
}

/** Rows of the `topic` table, first level before second, in taxonomy order. */
export function topicRows() {
  const first = topicCodes.map((topic) => ({ topic: topic as string, parent: null as string | null, label: taxonomy[topic].label as string, definition: taxonomy[topic].definition as string }));
  const second = topicCodes.flatMap((parent) => Object.entries(taxonomy[parent].children)
    .map(([code, label]) => ({ topic: `${parent}.${code}`, parent: parent as string | null, label: label as string, definition: `${taxonomy[parent].label}：${label}` })));
  return [...first, ...second].map((row, sort) => ({ ...row, sort }));
}
