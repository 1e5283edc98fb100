import { describe, expect, it } from 'vitest';
import { postGroupOf, postGroups, type PostGroup } from '../../datasets/post-groups.ts';

describe('datasets/post-groups', () => {
  it.each<[PostGroup, string[]]>([
    ['采煤掘进', ['采煤机司机', '综掘机司机', '支架工', '端头支护工', '打眼工', '放炮员', '喷浆工', '综采队采煤工', '井下一线']],
    ['机电运输', ['电工', '综采队检修电工', '机修钳工', '主扇司机', '绞车司机', '信号把钩工', '单轨吊司机', '皮带司机', '泵站工', '井下辅助']],
    ['通风安全地测', ['瓦斯检查员', '瓦检员', '测风员', '防尘工', '密闭工', '安监员', '专职安全员', '探放水工']],
    ['洗选与地面生产', ['选矸工', '浮选工', '压滤工', '化水值班员', '化验员', '输煤工', '采样工', '装车工', '司炉工']],
    ['管理技术', ['掘进队队长', '副区长', '党支部书记', '技术员', '机电工程师', '会计', '科员', '机关管理', '管理人员']],
    ['后勤服务', ['澡堂管理员', '灯房工', '仓库保管员', '面点工', '服务员', '水暖工', '班车司机', '保洁员', '宿舍管理员', '绿化工', '门卫']],
    ['离退人员及家属', ['退休', '退休职工（原综采队）', '内退', '家属', '工亡遗属']],
    ['其他岗位', ['工人', '职工', '班长', '待定', '张三']],
  ])('calls %s what ledgers write as %j', (group, posts) => { expect(posts.map((post) => [post, postGroupOf(post)])).toEqual(posts.map((post) => [post, group])); });
  it('keeps no word of a post but the group', () => { for (const post of ['矿长张建国', '13800001234', '采煤工李四']) expect(postGroups).toContain(postGroupOf(post)); });
});
