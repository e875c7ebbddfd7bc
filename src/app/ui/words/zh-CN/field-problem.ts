import type { FieldProblem } from '#domain/field.ts'

/** What is wrong with a field; stands under it. */
export function fieldProblem(problem: FieldProblem): string {
  const limit = problem.limit === undefined ? '' : String(problem.limit)
  switch (problem.problem) {
    case 'required':
      return '请填写'
    case 'wrong-shape':
      return '内容的格式不对'
    case 'too-long':
      return `最多${limit}个字`
    case 'too-small':
      return `不能小于${limit}`
    case 'too-large':
      return `不能大于${limit}`
    case 'too-many':
      return `最多${limit}项`
    case 'not-a-day':
      return '没有这一天'
    case 'not-an-instant':
      return '时间的格式不对'
    case 'day-in-future':
      return `不能晚于${limit || '今天'}`
    case 'day-too-early':
      return limit ? `不能早于${limit}` : '日期太早了'
    case 'not-a-telephone':
      return '电话号码不对，请核对位数'
    case 'unknown-choice':
      return '请从列出的选项里选'
    case 'id-length':
      return '身份证号应为18位'
    case 'id-characters':
      return '身份证号只能有数字，最后一位可以是X'
    case 'id-check-digit':
      return '校验位不对，请核对号码'
    case 'id-birth':
      return '号码里的出生日期不存在'
    case 'id-mismatch-birth':
      return '与证件号码里的出生日期不一致'
    case 'id-mismatch-sex':
      return '与证件号码里的性别不一致'
    case 'document-shape':
      return '证件号码的格式不对'
    case 'died-before-birth':
      return '不能早于出生日期'
    case 'left-before-arrival':
      return '不能早于来本地的日期'
    case 'ended-before-begun':
      return '结束不能早于开始'
    case 'override-too-long':
      return '最长90天，且不能早于开始'
    case 'guardian-needed':
      return '14岁以下请填写监护人'
    case 'unseen-letters':
      return '里面有看不见的字符，请删掉重新输入'
    case 'field-restricted':
      return '本人要求限制处理或撤回了同意，不能再登记'
    case 'consent-needed':
      return '要本人同意：同意了，打开下面的开关'
    case 'field-off':
      return '按本街道规定，这一项不再登记'
  }
}
