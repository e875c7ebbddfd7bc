/** Refusals and field problems in words: what happened, and what to do. */
import type { Problem } from '#protocol/problem.ts'

/** Every refusal in the worker's words: what happened, and what to do. */
export const problems: Record<
  | Problem
  | 'offline'
  | 'wrong-pin'
  | 'pin-exhausted'
  | 'shift-over'
  | 'no-passkey'
  | 'storage'
  | 'will-not-open'
  | 'began-anew'
  | 'storage-cleared'
  | 'unreadable-answer'
  | 'disk-full'
  | 'locked',
  string
> = {
  'not-signed-in': '还没有登录。',
  'session-ended': '登录已过期，请重新登录。',
  'wrong-password': '账号或密码不对。',
  'wrong-code': '验证码不对，或者已经用过。请等验证器换下一个再试。',
  'code-needed': '请填验证码。',
  'factor-to-set': '您的账号要先设置两步登录。',
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
  'record-merged': '已并入另一条登记，请改那一条。',
  'append-only': '这类记录只能新增，不能修改。',
  'reference-missing': '它所属的房屋或住户不存在。',
  'duplicate-document': '这个证件号已经登记过。',
  'scheme-moved-on': '有人先存了新版，请重新打开再改。',
  'place-closed': '这个地方已经关闭。',
  'place-not-empty': '里面还有楼栋、下级地方或在岗人员，先转走再关闭。',
  'login-taken': '这个账号名已经有人用了，请换一个。',
  'changed-meanwhile': '别人刚才改过，请看过现在的再改。',
  'weak-password': '这个密码太容易猜到：至少8位，不要连号、重复或和账号一样。',
  'new-password-needed': '这是一次性密码，请设一个自己的新密码。',
  'one-time-expired': '这个一次性密码已过期，请办公室再给一个。',
  'second-person-needed': '自己提的颜色要由另一位同事复核；别人的也不能改动。',
  'batch-refused': '与它一起保存的另一条没有被收下。',
  'time-implausible': '这条记录的时间不对，请检查本机时间。',
  'sequence-gap': '发送的次序不对，会自动重发。',
  'sequence-reused': '发送的次序与服务器对不上，请联系办公室。',
  'approval-needed': '这是未成年人的资料，办公室还没有批准，没有收下。',
  'answered-already': '同事已处理，没有重复登记。',
  'person-there-already': '门里已有同名或同电话的人。是同一个人吗？',
  offline: '没有网络，请连上网再试。',
  'wrong-pin': '密码不对。',
  'pin-exhausted': '输错太多次，请连网登录一次。',
  'shift-over': '请再输一次口令：班次已过，或6位数字输错了几次。',
  'no-passkey': '这次没有认出来，请输口令。',
  storage: '本机存储写不进去，没有保存。',
  'will-not-open': '这台设备上的数据打不开。请先重启手机再试；里面的东西都还在，没有删除。',
  'began-anew': '已另起一份。请再输一次解锁密码，然后从服务器重新装资料。',
  'storage-cleared':
    '手机清掉了五色存在这里的资料：浏览器很久没打开，或者空间不足时会这样。登录后会重新取来。当时还没发出去的工作已经不在了，请想想最近登记了什么，再登记一次。',
  'disk-full': '本机空间满了，没有保存。请清理手机空间后再试，刚才填的还在。',
  locked: '已锁定，没有保存。解锁后草稿还在。',
  'unreadable-answer': '网络要先登录（比如公共Wi-Fi），或者回答不完整，会自动再试。',
}
