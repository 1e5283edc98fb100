// In: nothing. Out: 意见建议: a space for people.
// Invariant: the product proposes no measures of its own.
import type { Section } from '../content.ts';

export function advice(): Section {
  return { id: 'advice', title: '意见建议', blocks: [{ type: 'prompt', text: '（请信访工作部门结合上述情况填写。）' }] };
}
