/** What somebody may ask of the register about their own data. */

export const wantsZh = {
  see: '查阅',
  copy: '复制、转移',
  correct: '更正、补充',
  delete: '删除',
  explain: '说明',
  restrict: '限制处理',
  withdraw: '撤回同意',
  human: '由人重新决定颜色',
}

export const wantsEn: typeof wantsZh = {
  see: 'See',
  copy: 'Copy, hand over',
  correct: 'Correct, complete',
  delete: 'Delete',
  explain: 'Explain',
  restrict: 'Restrict',
  withdraw: 'Withdraw consent',
  human: 'Have a person decide on the colour',
}
