/** The pages to print and hand out: for whoever walks the lanes, and for whoever sits in the office. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export interface Guide {
  readonly title: string
  readonly lead: string
  readonly parts: readonly { readonly title: string; readonly steps: readonly string[] }[]
  readonly foot: string
}

const zhCN = {
  title: '使用说明（可打印）',
  hint: '打印一张A4带在身边。没有网络也能看、能打印。',
  which: '给谁看',
  kinds: { walk: '网格员', office: '社区和街道' },
  print: '打印',
  guides: {
    walk: {
      title: '五色 · 网格员一页通',
      lead: '记在本机，有网自动发出。没信号照样走访、照样登记。',
      parts: [
        {
          title: '第一次用这台设备（要连网）',
          steps: [
            '用浏览器打开单位给的网址，输入账号和密码；一次性密码要当场换成自己的。',
            '设一个6位数字密码，不用生日和连号。以后每次打开都用它解锁。',
            '等“正在把您的网格装到本机”走完，只有这一次。中途断网没关系。',
            '在“我的”里点“装到手机桌面”，再点“请系统不要清除”。',
          ],
        },
        {
          title: '走访一户',
          steps: [
            '“今日”按楼排好了要走的户；排在前面的是快到期和已逾期的。',
            '进门见到人、没有变化：点“无变化，记走访”，就记好了。点错了当场撤销。',
            '有变化：点“有变化”，只填变了的；没见到人也要记。',
            '新来的人、新生儿、搬走、去世，从这一户的页面记。颜色会自己变，并写明理由。',
            '看完整号码要选用途，会留下记录。觉得颜色不对，点“颜色不对？”。',
          ],
        },
        {
          title: '没有信号',
          steps: [
            '照常工作，右上角显示“离线”和还有几条没发。有网自动发出，显示“已同步”。',
            '“几条要处理”：点进去看原因，改好再发。',
            '很多天没有网：在同步页导出没发出去的工作，把文件交给社区。',
          ],
        },
        {
          title: '居民说了一件事',
          steps: [
            '在“诉求”里点“记诉求”，照居民的话写，拍照可不拍。当场办好的就说怎么解决的。',
            '危及生命，先拨119、120、110。',
            '派给您的事在“诉求”里，答复也能在没信号时写好。',
          ],
        },
        {
          title: '锁好，丢了马上说',
          steps: [
            '离手就锁：“我的”里点“立即锁定”。密码不告诉任何人，也不写在手机壳里。',
            '忘了解锁密码：连网用账号密码登录，再设一个，没发出去的工作还在。',
            '设备丢了：马上打电话给社区，让他们停用这台设备；里面的资料别人打不开。',
          ],
        },
      ],
      foot: '颜色只说多久去看一次，不说谁危险。不告诉别的居民，也不用来决定补助、入学、处罚。',
    },
    office: {
      title: '五色 · 社区和街道一页通',
      lead: '谁要走访、谁没走到、什么等您定，都在这里；没有网络也能看。',
      parts: [
        {
          title: '每天先看',
          steps: [
            '新诉求和快到时限的诉求：受理、派给网格员或部门，等答复，办结后回访。',
            '“复核”：改得不一样的、可能重复的人、人工调整的颜色、没收下的工作，一件一件定。',
            '逾期的走访先问为什么：人在外、没有网格员，还是时限太紧。不比谁多谁少。',
          ],
        },
        {
          title: '名册进来',
          steps: [
            '“登记”里的“导入”：选文件（.xlsx、.xls、CSV，原样就行），核对每一列认作什么。',
            '逐行看新增、变动、疑问、错误；打开一行看将写入什么。看清再写，写错了可以整体撤销。',
            '错的行下载后改好再导；名册里没有的人另有一张单子。',
          ],
        },
        {
          title: '查、数、印、交出去',
          steps: [
            '“登记”里的“花名册”：筛选（颜色和原因、入住和走访日期、缺什么）、分组计数、选列、存成视图。',
            '“打印”和“导出”都要选遮挡还是完整、用途、交给谁，并留下记录；未成年人要有批准。',
            '印出来的、导出去的用完销毁。居民要看自己的资料，从居民页生成个人资料档案。',
          ],
        },
        {
          title: '人和设备',
          steps: [
            '“管理”里的“人员”：开账号（一次性密码只显示一次）、换网格、有人离开时交给谁；“地方”：分网格、并网格。',
            '“管理”里的“设备”：看谁几天没同步、还有几条没发。设备丢了：先看还有什么没发，再停用；按页面上的提示报告。',
            '网格员很多天没有网：把他导出的.wuse文件在“设备”里导入，导入两次也不会重复。',
          ],
        },
        {
          title: '规则和居民的权利',
          steps: [
            '“五色”里的规则由街道管理员改：先试算会变多少、每个网格多走多少户，再定从哪天起算。',
            '居民要看、更正、删除、问为什么：从居民页记下，“管理”里的“个人信息”按期答复。',
            '谁看过、改过、导出过什么，“管理”里的“审计”都有，按人、按居民都能查。',
          ],
        },
      ],
      foot: '颜色只决定多久走访一次，不得用来决定补助、住房、入学、就业、信用或处罚。',
    },
  } satisfies Record<'walk' | 'office', Guide>,
}

const en: typeof zhCN = {
  title: 'How to (to print)',
  hint: 'Print one sheet of A4 and keep it with you. It needs no connection.',
  which: 'For whom',
  kinds: { walk: 'Grid workers', office: 'Community and subdistrict' },
  print: 'Print',
  guides: {
    walk: {
      title: 'Wuse · one page for grid workers',
      lead: 'What you record stays on the device and is sent by itself. No signal, no problem.',
      parts: [
        {
          title: 'A new device (with a connection)',
          steps: [
            'Open the address of your office in the browser; sign in. Change a one-time password at once.',
            'Choose a PIN of six digits, no birthday, no row of numbers. It opens the app from now on.',
            'Wait until your grid is on the device, once. A line that breaks does no harm.',
            'Under Me, install the app on the home screen and ask the system to keep its data.',
          ],
        },
        {
          title: 'A visit',
          steps: [
            'Today lists the doors by building; what is due or overdue comes first.',
            'Met and nothing changed: one tap on “no change”. A wrong tap is undone on the spot.',
            'Something changed: record only that. Nobody at home is recorded as well.',
            'New people, births, moving out and deaths start at the door’s page. The colour follows, with its reason.',
            'A full number asks what you need it for, on record. A colour that seems wrong can be questioned.',
          ],
        },
        {
          title: 'No signal',
          steps: [
            'Work on. The corner says “offline” and how much waits; it is sent by itself later.',
            'Where something needs attention, open it, read why, mend it and send it again.',
            'Many days without a network: save the unsent work as a file and give it to the community.',
          ],
        },
        {
          title: 'A resident asks for something',
          steps: [
            'Requests: write it down in their words; a photograph is optional. Settled at once? Say how.',
            'Danger to life: call 119, 120 or 110 first.',
            'What was given to you stands under Requests; answer it without a signal too.',
          ],
        },
        {
          title: 'Lock it, and say at once when it is lost',
          steps: [
            'Lock whenever you put it away: Me, Lock now. Tell nobody the PIN; write it nowhere.',
            'Forgot the PIN: sign in with your password and choose another; unsent work stays.',
            'Lost: call the community at once. They end the device; nobody can read what is in it.',
          ],
        },
      ],
      foot: 'A colour says how soon to call, never that somebody is dangerous. It is told to no neighbour and decides nothing else.',
    },
    office: {
      title: 'Wuse · one page for the office',
      lead: 'Whom to visit, who was not reached, what waits for you: here, also without a connection.',
      parts: [
        {
          title: 'First thing in the day',
          steps: [
            'Requests that are new or close to their limit: take, give to a worker or a department, close, call back.',
            'Review: fields set differently, people recorded twice, colours by hand, work not accepted.',
            'Overdue visits: ask why first – away, no worker, a limit too tight.',
          ],
        },
        {
          title: 'Rosters come in',
          steps: [
            'Register, Import: choose the file as it came (.xlsx, .xls, CSV) and check what each column is.',
            'Go through new, changed, doubtful and wrong rows; a row opens to what will be written. A whole import can be taken back.',
            'Wrong rows are downloaded, mended and imported again; who is missing stands on a list of its own.',
          ],
        },
        {
          title: 'Find, count, print, hand out',
          steps: [
            'Register, Table: filter by colour and reason, days, what is missing; group and count; choose columns; save a view.',
            'Print and export ask: masked or in full, what for, to whom. Both are logged; minors need an approval.',
            'Destroy paper and files after use. A resident’s own file is made from their page.',
          ],
        },
        {
          title: 'People and devices',
          steps: [
            'Manage, People: accounts (the one-time password is shown once), other grids, handing over when somebody leaves. Places: split and merge grids.',
            'Manage, Devices: who has not synced, what is unsent. Lost: see what is unsent, end it, follow the page.',
            'No network for days: bring a worker’s .wuse file in under Devices; twice changes nothing.',
          ],
        },
        {
          title: 'Rules, and what residents may ask',
          steps: [
            'Colour rules: the administrator counts first what changes and how many visits it brings, then says from when.',
            'Seeing, correcting, deleting, asking why: noted on the resident’s page, answered in time under Manage, Protection.',
            'Who looked, changed or exported stands under Manage, Audit, by colleague and by resident.',
          ],
        },
      ],
      foot: 'A colour decides how often somebody calls, never on benefits, housing, school, work, credit or punishment.',
    },
  },
}

export const howToWords = { 'zh-CN': zhCN, en }
export const useHowToWords = () => useScreenWords(howToWords)
