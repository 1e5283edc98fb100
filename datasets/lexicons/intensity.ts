// In: how people write when they are glad, asking or at the end of their patience. Out: word lists for feeling and intent.
// Invariant: words of 2 to 8 characters; a list speaks for what its name says and nothing else.

const words = (list: string): readonly string[] => [...new Set(list.trim().split(/\s+/))];

/** Thanks and praise 感谢表扬. */
export const praise = words(`
  谢谢 感谢 多谢 致谢 表扬 点赞 点个赞 夸一夸 夸夸 锦旗 好人 暖心 暖和 心里热 热乎 踏实 服气 辛苦了 没想到真 真给解决 解决了 办成了 到账了 补回来 修好了 给力 漂亮 满意 敬礼 鞠躬 鞠个躬 感动 放心了
  真好 挺好 不错 说句公道话 没嫌 不嫌 跑前跑后 陪着 记一辈子 恩人 好样的 好领导 好干部 好政策 好消息 高兴 开心 舒心 好多了 再不用 总算 终于`);

/** Plain questions 咨询. */
export const questions = words(`
  请问 咨询 想问 问一下 问问 问下 请教 想了解 想知道 询问 来电询问 是否 能否 可否 有没有 算不算 能不能 要不要 需不需要 怎么办理 如何办理 哪个窗口 什么时候 啥时候 多少钱 几号 哪天 哪些材料 什么条件 什么手续 到哪办 按什么 吗 呢 求解答 盼复 回电 不是有意见 不是投诉`);

/** Proposals 建议. */
export const proposals = words(`
  建议 提议 提个 提个建议 提一条 提个醒 不如 要是能 要是 能不能把 可不可以 最好 希望能 想法 金点子 小建议 改成 改一改 增设 增加 加一个 加装 推广 优化 完善 试点 借鉴 学学 就行 省得 岂不 更方便 更安全 花不了几个钱`);

/** Reports of wrong-doing 检举. */
export const reports = words(`
  举报 检举 揭发 实名反映 实名举报 匿名 不敢署名 不敢留名 不愿留名 请纪委 纪检 查一查 一查便知 录音 录像 证据 凭证 账目 套取 虚报 冒领 私分 回扣 受贿 贪污 造假 假数据 瞒报 不往上报 没往上报 不让说 不叫说 谁说出去 封口 对外说 统一口径 涂改 伪造 作假 冒名 以权谋私 倒卖`);

/** Asking for a matter to be settled 求决. */
export const pleas = words(`
  解决 求解决 请解决 帮帮 帮我们 求求 恳请 请求 请求解决 恳求 救救 要求 希望解决 给个说法 给说法 落实 尽快 尽早 赶紧 派人 来人 来看看 给修 修一修 补发 补齐 退还 赔偿 补偿 安排 协调 督促 主持公道 做主 怎么办 没办法 走投无路`);

/** Mild displeasure 轻微不满. */
export const mild = words(`
  不方便 不合理 不太 有点 希望改进 担心 不放心 顾虑 不明白 想不通 麻烦 不便 慢 等了 不够 落实不到位 美中不足 能改就改 不大 有意见 不理解 影响休息 别扭`);

/** Clear anger or hardship 强烈不满. */
export const strong = words(`
  凭啥 凭什么 难道 为什么不 岂有此理 太过分 过分 气愤 愤怒 强烈 严重 忍无可忍 寒心 心寒 糊弄 忽悠 骗人 欺负 没人管 没人理 推来推去 踢皮球 皮球 多次反映 反映多次 一直没 至今 到现在 还是没 拖了 三番五次 一拖再拖 苦不堪言 受不了 扛不住 没法活 揭不开锅 借钱 断供 交不起 血汗 拿命 要命 遭罪 受罪 委屈 憋屈 窝囊 恶心 无视 不作为 黑心 混蛋 王八蛋 他妈 老子 放屁 良心 天理 呵呵 什么玩意 装聋作哑 不当人 当牛做马`);

/** Despair, threat, danger 极端. */
export const extreme = words(`
  不想活 活不下去 活不了 没活路 死路 逼死 以死 跳楼 跳下去 自杀 自尽 上吊 农药 安眠药 遗书 同归于尽 拼命 拼了 砍 捅 刀 炸 泼汽油 堵门 堵路 拉横幅 横幅 集合 静坐 罢工 不下井 不给说法 进京 上访 快来人 救命 出人命 要出大事 危险 送命 拿命换 等死 喊不应 没醒 快来 马上来 昏倒 报警 120 110`);
