/** Words of the search. */
export const search = {
  title: '搜索',
  label: '姓名、拼音、房号、号码后四位',
  hint: '比如 王秀兰、wxl、3-2-501、5521',
  clear: '清空',
  nothing: '没有找到',
  nothingHint: '换个写法试试：拼音首字母、房号，或者号码最后四位。只搜您范围内的网格。',
  start: '输入姓名、拼音首字母、房号，或电话、证件号的最后四位。没信号也能搜。',
  found: (count: number) => `找到${count}个`,
  foundMost: (count: number) => `只显示前${count}个，请再输几个字`,
  matched: {
    name: '姓名',
    pinyin: '拼音',
    initials: '首字母',
    room: '房号',
    telephone: '电话',
    document: '证件号',
  },
  movedOut: '已搬走',
  died: '已去世',
  merged: '已合并',
  empty: '没有登记的人',
}
