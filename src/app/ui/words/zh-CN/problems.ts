/** Refusals and field problems in words: what happened, and what to do. */
import type { Problem } from '#protocol/problem.ts'
import type { FieldProblem } from '#domain/field.ts'

/** Every refusal in the worker's words: what happened, and what to do. */
export const problems: Record<
  | Problem
  | 'offline'
  | 'wrong-pin'
  | 'pin-exhausted'
  | 'storage'
  | 'will-not-open'
  | 'began-anew'
  | 'unreadable-answer'
  | 'disk-full'
  | 'locked',
  string
> = {
  'not-signed-in': '还没有登录。',
  'session-ended': '登录已过期，请重新登录。',
  'wrong-password': '账号或密码不对。',
  'too-many-attempts': '试的次数太多，请过几分钟再试。',
  'device-revoked': '这台设备已被停用，请联系办公室。',
  'account-closed': '这个账号已停用，请联系办公室。',
  'not-allowed': '您的账号不能做这件事。',
  malformed: '内容的格式不对。',
  'too-large': '内容太大，请删减后再发。',
  'app-too-old': '这个版本太旧，请更新后再同步。没发出去的工作不会丢。',
  'server-too-old': '服务器还没有更新，请过一会儿再试。',
  'not-found': '没有找到。',
  'server-fault': '服务器出了点问题，会自动再试。',
  'database-unreachable': '服务器暂时用不了，会自动再试。',
  'file-unreadable': '这个文件打不开：可能不完整，或者不是这台服务器的设备导出的。',
  'stream-not-yours': '这个网格不在您的范围内，可能已经调整。',
  'kind-not-yours': '您的账号不能改这类记录。',
  'unknown-kind': '服务器不认识这类记录。',
  'invalid-fields': '有些内容不符合要求。',
  'record-gone': '这条记录已被删除。',
  'record-exists': '这条记录已经有了。',
  'record-elsewhere': '这条记录已转到别的网格。',
  'append-only': '这类记录只能新增，不能修改。',
  'reference-missing': '它所属的房屋或住户不存在。',
  'duplicate-document': '这个证件号已经登记过。',
  'scheme-moved-on': '有人先保存了新的一版规则，请重新打开再改。',
  'second-person-needed': '自己提的颜色要由另一位同事复核；别人的也不能改动。',
  'batch-refused': '与它一起保存的另一条没有被收下。',
  'time-implausible': '这条记录的时间不对，请检查本机时间。',
  'sequence-gap': '发送的次序不对，会自动重发。',
  'sequence-reused': '发送的次序与服务器对不上，请联系办公室。',
  offline: '没有网络，请连上网再试。',
  'wrong-pin': '密码不对。',
  'pin-exhausted': '输错太多次，请连网登录一次。',
  storage: '本机存储写不进去，没有保存。',
  'will-not-open': '这台设备上的数据打不开。请先重启手机再试；里面的东西都还在，没有删除。',
  'began-anew': '已另起一份。请再输一次解锁密码，然后从服务器重新装资料。',
  'disk-full': '本机空间满了，没有保存。请清理手机空间后再试，刚才填的还在。',
  locked: '已锁定，没有保存。解锁后草稿还在。',
  'unreadable-answer': '网络要先登录（比如公共 Wi-Fi），或者回答不完整，会自动再试。',
}

/** What is wrong with a field; stands under it. */
export function fieldProblem(problem: FieldProblem): string {
  const limit = problem.limit === undefined ? '' : String(problem.limit)
  switch (problem.problem) {
    case 'required':
      return '请填写'
    case 'wrong-shape':
      return '内容的格式不对'
    case 'too-long':
      return `最多 ${limit} 个字`
    case 'too-small':
      return `不能小于 ${limit}`
    case 'too-large':
      return `不能大于 ${limit}`
    case 'too-many':
      return `最多 ${limit} 项`
    case 'not-a-day':
      return '没有这一天'
    case 'not-an-instant':
      return '时间的格式不对'
    case 'day-in-future':
      return '不能晚于今天'
    case 'day-too-early':
      return limit ? `不能早于 ${limit}` : '日期太早了'
    case 'not-a-telephone':
      return '电话号码不对，请核对位数'
    case 'unknown-choice':
      return '请从列出的选项里选'
    case 'id-length':
      return '身份证号应为 18 位'
    case 'id-characters':
      return '身份证号只能有数字，最后一位可以是 X'
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
      return '最长 90 天，且不能早于开始'
    case 'guardian-needed':
      return '14 岁以下请填写监护人'
  }
}
