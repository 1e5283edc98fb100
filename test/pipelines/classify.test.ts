// In: clear texts, traps and odd texts. Out: proof that the shipped classifier labels the clear ones right and survives the odd ones.
// Invariant: the model that ships, no other.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadClassifier, type Classifier } from '../../pipelines/classify.ts';
import { clauses } from '../../pipelines/classify/clauses.ts';
import { findDangers } from '../../pipelines/classify/dangers.ts';
import { evidenceOf, quoter } from '../../pipelines/classify/evidence.ts';
import { hashed } from '../../pipelines/classify/hashed-ngrams.ts';
import { carryingWidth, clauseFeatureNames, decodeModel } from '../../pipelines/classify/model.ts';
import { scorer } from '../../pipelines/classify/score.ts';

let classifier: Classifier;
beforeAll(async () => { classifier = await loadClassifier(); });
const label = async (text: string, title: string | null = null) => {
  const [labels] = await classifier.classify([{ title, text }]);
  if (labels === undefined) throw new Error('no labels');
  return labels;
};

describe('classify', () => {
  it.each([
    { text: '掘进二队三个月没发工资了，绩效也一直拖欠，劳资科说等通知，家里房贷都断供了，请给个说法。', topic: 'pay', polarity: 'negative' },
    { text: '胸片查出来尘肺贰期，单位不给做职业病诊断，喷雾常年不开，口罩一个月就发两个，粉尘大得看不见人。', topic: 'health', polarity: 'negative' },
    { text: '请问高级工技能鉴定什么时候报名，需要哪些材料，转岗培训的学时能不能抵？', topic: 'skills', polarity: 'neutral' },
    { text: '想咨询一下，退休以后公积金怎么提取，社保断缴的两年能不能补缴？', topic: 'welfare', polarity: 'neutral' },
    { text: '劳务派遣干了八年，合同一年一签，现在说不续签了，让我们待岗，连年休假都没休过。', topic: 'employment', polarity: 'negative' },
    { text: '矸石山夜里冒烟，臭气熏得家属院不敢开窗，扬尘污染，洗的衣服一层黑灰。', topic: 'environment', polarity: 'negative' },
    { text: '区长把先进名额内定给自己小舅子，不公示不投票，去问还骂人，请纪委查一查。', topic: 'governance', polarity: 'negative' },
    { text: '家属区停水三天了，物业电话没人接，暖气也不热，楼道灯坏了没人修。', topic: 'living', polarity: 'negative' },
    { text: '感谢食堂的师傅们，下零点班还能吃上热乎饭，给后勤点个赞！', topic: 'welfare', polarity: 'positive' },
  ])('finds $topic, $polarity: $text', async ({ text, topic, polarity }) => {
    const labels = await label(text);
    expect(labels.topics.map((t) => t.code)).toContain(topic);
    expect(labels.polarity).toBe(polarity);
  });

  it.each([
    { text: '请问工伤认定去哪个窗口办理？', intent: '咨询' },
    { text: '建议在副井口增加一个候车棚，下雨天方便大家。', intent: '建议' },
    { text: '谢谢工会的同志，跑了三趟帮我父亲把药费报下来了，特此感谢。', intent: '感谢' },
  ])('tells what is wanted: $intent', async ({ text, intent }) => {
    expect((await label(text)).intent).toBe(intent);
  });
});

describe('critical', () => {
  const isNotFlagged = async ({ text }: { text: string }) => { expect((await label(text)).critical).toEqual({ flag: false, reason: null }); };

  it.each([
    { text: '3下907迎头瓦斯超限，便携仪一直在响，队长还叫往里干，里头还有九个人，快派人来！', reason: '危及生命' },
    { text: '通风队今天测了瓦斯超限1.5，还不撤人', reason: '危及生命' },
    { text: '我在楼顶坐着，农药已经喝了一半，不想活了，对不起我娘，你们别来。', reason: '自伤' },
    { text: '都看过来，明早六点到集团大门口集合，横幅做好了，三百来号人，不给说法就堵路，一辆车也别想出去。', reason: '扬言集体行动' },
    { text: '昨天夜班绞断了两根手指，不让往上报，用私家车拉到外县私人骨科，班前会统一口径说是在家摔的，每人按手印封口。', reason: '瞒报' },
  ])('is flagged with its reason: $reason', async ({ text, reason }) => {
    const { critical } = await label(text);
    expect(critical.flag).toBe(true);
    expect(critical.reason?.startsWith(reason)).toBe(true);
  });

  it.each([
    { text: '工作面没有瓦斯超限，一切正常，就是想问问轮休怎么安排。' },
    { text: '没有出现瓦斯超限还在生产的情况，请放心。' },
    { text: '去年那次冒顶早处理完了，我想问的是当时垫付的医药费什么时候报销。' },
    { text: '昨天应急演练，广播喊透水了快撤，大家跑了一身汗。演练挺好，建议以后提前通知。' },
    { text: '万一以后着火怎么办，建议每层楼配两个灭火器。' },
    { text: '工资条看不懂，希望劳资科给讲讲绩效怎么算的。' },
  ])('is not flagged when denied, past, drilled or supposed: $text', isNotFlagged);

  it.each([
    { text: '机关的奖金比井口高一倍，班里几个老实人嘴上不说，背后都憋着火。', about: 'anger said as a fire' },
    { text: '不下井的奖金比下井的还高，打眼的兄弟拿得最少。', about: 'people who do not go down' },
    { text: '定位卡显示他七号夜班在大巷停留两小时，判了脱岗扣三百，其实是基站没信号。', about: 'where a system says that one stayed' },
    { text: '矸石山一到夏天就冒烟，下大雨往下淌黑水，盼着给覆土压实。', about: 'a waste heap that smokes every summer' },
    { text: '停工留薪期的工资只给发了一半，劳资说按新办法算。', about: 'paid leave after an injury' },
  ])('is not flagged by words that only look like danger: $about', isNotFlagged);

  it.each([
    { text: '外面传昨晚副井坠罐砸了人，纯属瞎编，我在现场，罐笼检修放的是配重，人都在。', about: 'a rumour denied' },
    { text: '今早三部皮带头说是着火了，虚惊一场，喷雾管爆了，一屋子水汽看着像烟，早班照常上。', about: 'a false alarm' },
    { text: '来电人说不会去跳楼，也没要堵门，就想问清楚八月的绩效为什么扣了两百。', about: 'a harm that nobody means to do' },
  ])('is not flagged where the text itself takes the danger back: $about', async ({ text }) => {
    expect((await label(text)).critical.flag).toBe(false);
  });

  it.each([
    { text: '副井口出了人命，值班的让大家别传了，对外口径说是回家摔的，每人按了手印不让往上报。', about: 'hushed up' },
    { text: '瓦斯超限报警响了半个班，队长说是虚惊，还在往里叫人继续割煤，快派人来！', about: 'called a false alarm by somebody else' },
  ])('is flagged where others only call it nothing: $about', async ({ text }) => {
    expect((await label(text)).critical.flag).toBe(true);
  });

  it('takes those locked out for no blockade', () => {
    const collective = (text: string) => findDangers(text).some((d) => d.kind === 'collective');
    expect([collective('昨晚一个班被堵在井口外头淋雨。'), collective('后天一早把井口堵上。')]).toEqual([false, true]);
  });

  it.each([
    { text: '没有瓦斯超限。', lifted: [true] },
    { text: '去年那次冒顶处理完了。', lifted: [true] },
    { text: '应急演练喊透水了。', lifted: [true] },
    { text: '现在瓦斯超限。', lifted: [false] },
  ])('lifts a danger that is not there: $text', ({ text, lifted }) => {
    expect(findDangers(text).map((d) => d.lifted)).toEqual(lifted);
  });
});

describe('a classifier', () => {
  const texts = [
    '掘进二队三个月没发工资了。领导说等，等到啥时候？！', '', ' \n ', '？', '😡😡😡 不给钱', '好', '[姓名]，电话[电话]',
    '谢谢师傅', '顶板掉渣，没人管。'.repeat(2300), '\ud83d', 'no chinese at all', '综采队　夜班\t津贴\r\n没发',
  ].map((text, i) => ({ title: i % 3 === 0 ? '反映情况' : null, text }));

  it('gives a text the same labels alone and in any company', async () => {
    const together = await classifier.classify(texts);
    const backwards = await classifier.classify([...texts].reverse());
    const alone = await Promise.all(texts.map(async (t) => (await classifier.classify([t]))[0]));
    expect(alone).toEqual(together);
    expect(backwards.reverse()).toEqual(together);
  });

  it('always names a topic, with evidence inside the text that is not blank', async () => {
    for (const [i, labels] of (await classifier.classify(texts)).entries()) {
      const text = texts[i]?.text ?? '';
      expect(labels.topics.length).toBeGreaterThan(0);
      for (const { evidence: [start, end], probability } of labels.topics) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
        if (text.trim() !== '') expect(text.slice(start, end).trim()).not.toBe('');
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
      }
    }
  });

  it('points to the clause that speaks', async () => {
    const text = '我在矿上干了二十年，一直本本分分。今年三个月没发工资，绩效全扣了。望领导重视。';
    const { topics } = await label(text);
    const pay = topics.find((t) => t.code === 'pay');
    expect(text.slice(...(pay?.evidence ?? [0, 0]))).toMatch(/工资|绩效/);
  });

  it.each([
    { topic: 'living', text: '村里的水井打了三年。吃水问题很大，水不干净，还时常停水。特请求上级政府解决。', carries: /水/ },
    { topic: 'environment', text: '家住百货楼后身平房。选煤厂的扬尘落得满院都是，晾不了衣服。请领导协调解决。', carries: /扬尘/ },
    { topic: 'governance', text: '尊敬的书记：您好。区长对来问的人张口就骂，态度恶劣，反映三次推来推去没人答复。', carries: /骂|态度|推来推去/ },
    { topic: 'governance', text: '写这些怕报复，请替反映人保密。换下来的旧件按新件入库，差价进了科长外甥的账。', carries: /旧件按新件/ },
    { topic: 'governance', text: '在这里想向您反映一个问题，评先的名单没有公示就报上去了，问谁定的都说不知道。', carries: /没有公示/ },
    { topic: 'employment', text: '来访人四十九岁，在掘进一队干了十三年，夫妻两地分居六年，申请调回一直不批。', carries: /两地分居/ },
    { topic: 'health', text: '听说叫什么结壳剂，喷完墙上一层白。孙女摸了两回，手上嘴角起了一圈水泡，卫生所说像碱烧的。', carries: /水泡/ },
    { topic: 'living', text: '期待您在百忙之中给个答复。楼上水压上不去，一到晚上就停水。', carries: /水压/ },
    { topic: 'governance', text: '队长过节收班里份子，不送就排夜班。其诉求是派纪委的人来，别打招呼。', carries: /份子/ },
    { topic: 'living', text: '房子漏水漏了两年。请领导给我们这些花一辈子积蓄买房子的老百姓做主！', carries: /漏水/ },
    { topic: 'welfare', text: '退管办遗属待遇岗： 丈夫前年病故，我每月的遗属生活费从元月起停发，开了证明交上去也不给恢复。', carries: /遗属生活费/ },
    { topic: 'living', text: '高书记：我们是站前小区十一栋的业主，楼道的灯坏了半年，物业不来修，收费倒一分不少。', carries: /灯坏了|物业不来修/ },
    { topic: 'governance', text: '反映设备科[姓名]在皮带采购中，拿旧带当新带入库，差价进了他内弟的账。', carries: /旧带当新带|差价进了/ },
    { topic: 'living', text: '我是通勤车队的调度员，今年41。家属院的供水管漏了半个月，天天接桶。盼答复。', carries: /供水管漏/ },
    { topic: 'other', text: '工会同志：我六十八了，退休在家。师兄的坟迁走以后碑没人立。我想问问，老照片捐给矿史馆要办什么手续？', carries: /矿史馆/ },
    { topic: 'governance', text: '招工的文件写得清清楚楚，面试名额应当公示。材料交上去三回，办事的推来推去，对文件置之不理。', carries: /推来推去|置之不理/ },
    { topic: 'safety', text: '受楼里几户人家委托，特向矿上反映。施工队把承重墙凿开一个门洞，楼板裂缝越来越大，随时要塌。', carries: /承重墙|裂缝/ },
    { topic: 'living', text: '住址南山里6号楼2单元。水表插上卡不动，水照流，不知算谁的。', carries: /水表/ },
    { topic: 'health', text: '与选矿班女工谈话，二十九岁，上班五年。她说一开机粉尘往嗓子里钻，夜里咳醒。', carries: /粉尘|咳/ },
    { topic: 'governance', text: '申诉材料上个月交给了值班的[姓名]干事，他既不登记也不答复，推说要等领导回来。', carries: /不登记也不答复/ },
  ] as const)('quotes for $topic what is complained of, not a greeting, a plea or how the letter came about', async ({ topic, text, carries }) => {
    const scored = scorer(decodeModel(readFileSync('datasets/model/linear.bin')))(null, text);
    expect(text.slice(...evidenceOf(scored, topic, text).span)).toMatch(carries);
  });

  it('quotes the clause that takes up the words of the title', () => {
    const score = scorer(decodeModel(readFileSync('datasets/model/linear.bin')));
    const text = '我二〇一〇年毕业后一直在这里上班，去年换了单位，总部在外地。户口能不能落在矿区集体户？盼告知。';
    const quoted = (title: string | null) => text.slice(...evidenceOf(score(title, text), 'other', text, title).span);
    expect(quoted('咨询户口落在集体户的事')).toContain('户口能不能落在矿区集体户');
  });

  it('quotes a short clause with the neighbour that completes it, without a sentence that says little of it', () => {
    const score = scorer(decodeModel(readFileSync('datasets/model/linear.bin')));
    const quoted = (text: string) => text.slice(...evidenceOf(score(null, text), 'employment', text).span);
    expect(quoted('我是皮带队的。零点到八点的班上完，让接着坐会议室学到十一点，人就不用歇？')).toMatch(/零点到八点的班上完，让接着坐会议室|让接着坐会议室学到十一点，人就不用歇/);
    expect(quoted('合同没签。')).toBe('合同没签。');
    expect(quoted('五十三岁。劳动合同到期没人续签。今年。')).toBe('劳动合同到期没人续签。');
    expect(quoted('劳动合同一直没有签。食堂的饭凉了，热水也没有。')).toBe('劳动合同一直没有签。');
  });

  it.each([
    { why: 'two clauses of a sentence, either of which may carry it', text: '甲甲甲甲甲甲，乙乙乙乙乙乙。', p: [0.6, 0.6], quoted: '甲甲甲甲甲甲，乙乙乙乙乙乙。' },
    { why: 'one that is sure, without a neighbour that is not', text: '甲甲甲甲甲甲，乙乙乙乙乙乙。', p: [0.98, 0.2], quoted: '甲甲甲甲甲甲，' },
    { why: 'no end that is much less likely than the best part', text: '甲甲甲甲甲甲，乙乙乙乙乙乙。', p: [0.4, 0.1], quoted: '甲甲甲甲甲甲，' },
    { why: 'a further sentence where neither is sure', text: '甲甲甲甲甲甲。乙乙乙乙乙乙。', p: [0.6, 0.6], quoted: '甲甲甲甲甲甲。乙乙乙乙乙乙。' },
    { why: 'no further sentence where one is sure enough', text: '甲甲甲甲甲甲。乙乙乙乙乙乙。', p: [0.96, 0.6], quoted: '甲甲甲甲甲甲。' },
    { why: 'what lies between two that carry it', text: '甲甲甲甲甲甲，乙乙乙乙乙乙，丙丙丙丙丙丙。', p: [0.6, 0.01, 0.6], quoted: '甲甲甲甲甲甲，乙乙乙乙乙乙，丙丙丙丙丙丙。' },
    { why: 'one line alone', text: '甲甲甲甲甲甲\n乙乙乙乙乙乙', p: [0.5, 0.6], quoted: '乙乙乙乙乙乙' },
    { why: 'a hundred characters at most', text: `${'甲'.repeat(44)}，${'乙'.repeat(44)}，${'丙'.repeat(44)}。`, p: [0.5, 0.6, 0.4], quoted: `${'甲'.repeat(44)}，${'乙'.repeat(44)}，` },
  ])('quotes $why', ({ text, p, quoted }) => {
    // Loudness alone counts: the log-odds asked for, on top of what keeps it above nothing.
    const weights = new Float32Array(carryingWidth), least = 20;
    weights[hashed + clauseFeatureNames.indexOf('loud')] = 1;
    weights[carryingWidth - 1] = -least;
    const parts = clauses(text);
    expect(parts).toHaveLength(p.length);
    const quote = quoter({ weights, joint: [1, 1, 0] }, { clauses: parts, byClause: () => Float64Array.from(p, (v) => Math.log(v / (1 - v)) + least) }, null, text);
    expect(text.slice(...quote('pay').span)).toBe(quoted);
    expect(quote('pay').carried).toBeCloseTo(Math.max(...p), 5);
  });

  it('reads the topic of a title that stands without a text', async () => {
    const { topics } = await label('', '三个月没发工资');
    expect(topics[0]).toMatchObject({ code: 'pay' });
    expect(topics[0]?.probability).toBeGreaterThan(0.9);
  });

  it('tells its progress up to the end', async () => {
    const told: number[] = [];
    await classifier.classify(Array.from({ length: 600 }, () => ({ text: '夜班津贴没发' })), (done) => { told.push(done); });
    expect(told).toEqual([256, 512, 600]);
  });

  it('refuses a model that is not there, saying what to do', async () => {
    await expect(loadClassifier({ model: '/nowhere/linear.bin' })).rejects.toThrow('分类模型不存在');
  });
});

describe('clauses', () => {
  it.each([
    { text: '三个月没发工资了，家里揭不开锅。快给个说法！', expected: ['三个月没发工资了，', '家里揭不开锅。', '快给个说法！'] },
    { text: '好，我们等着答复。', expected: ['好，我们等着答复。'] },
    { text: ' \n ', expected: [] },
    { text: '仨月一分没见 是爷们的就都来', expected: ['仨月一分没见', '是爷们的就都来'] },
    { text: '周'.repeat(100), expected: ['周'.repeat(80), '周'.repeat(20)] },
  ])('are cut at marks, tiny ones joined: $text', ({ text, expected }) => {
    expect(clauses(text).map((c) => text.slice(c.start, c.end))).toEqual(expected);
  });
});
