// In: nothing. Out: the tiny model's labels, in its own words, and the characters that speak for each.

export const tinyLabels = ['MONEY', 'GAS', 'COURSE', 'BAD'] as const;

export const taught: Readonly<Record<(typeof tinyLabels)[number], string>> = { MONEY: '钱薪资欠', GAS: '瓦斯顶', COURSE: '培训考证', BAD: '差坏烂骗' };
