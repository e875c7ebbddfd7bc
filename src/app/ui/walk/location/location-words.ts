import type { Datum } from '#domain/position.ts'
import type { LocationProblem } from '#app/views/location-values.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'

/** Words of the form that says where a building stands. */
export const locationWords = {
  'zh-CN': {
    title: (building: string) => `${building} 位置`,
    text: '坐标',
    textHint: '从地图上复制的两个数，先后都行。如119.955631, 30.048712',
    datum: '坐标从哪里来',
    datums: {
      wgs84: '卫星定位、测绘、天地图（WGS 84）',
      gcj02: '高德、腾讯地图（GCJ-02）',
    } satisfies Record<Datum, string>,
    datumHint: '国内常用的地图有偏移，选对了会自动换算。',
    here: '用我现在的位置',
    hereHint: '站在楼门口点一下。只取这一次，不记录行踪。',
    looking: '正在定位…',
    found: (metres: number) => `已填入现在的位置，误差约${metres}米。`,
    refused: '没有得到定位许可。可以在浏览器设置里允许，或者填坐标。',
    notFound: '现在定不了位。请到露天处再试，或者填坐标。',
    reading: '存入（WGS 84）',
    nothing: '没有位置：只在清单里，不在地图上。',
    near: (metres: number) => `离本网格最近的楼${metres}米。`,
    far: (metres: number) => `离本网格最近的楼有${metres}米，请核对坐标和来源。`,
    more: '墙角（可不填）',
    walls: '墙角坐标',
    wallsHint: '一行一个角，绕一圈，至少三个。地图上会画出这栋楼的轮廓。',
    line: (line: number, problem: string) => `第${line}行：${problem}`,
    unchanged: '没有改动。',
    save: '保存位置',
    clear: '清空坐标',
    problems: {
      'not-two-numbers': '请填两个数：经度和纬度。',
      'not-in-china': '这两个数不在国内，请核对。经度在73到136之间，纬度在3到54之间。',
      'too-few-corners': '至少要三个角。',
      'too-many-corners': '最多200个角。',
    } satisfies Record<LocationProblem, string>,
  },
  en: {
    title: (building: string) => `Location of ${building}`,
    text: 'Coordinates',
    textHint: 'Two numbers copied from a map, in any order, e.g. 119.955631, 30.048712',
    datum: 'Where they come from',
    datums: {
      wgs84: 'Satellite, survey, Tianditu (WGS 84)',
      gcj02: 'Amap, Tencent maps (GCJ-02)',
    } satisfies Record<Datum, string>,
    datumHint: 'Maps sold in China are shifted; chosen rightly, it is converted.',
    here: 'Use where I am now',
    hereHint: 'Tap it at the door. Taken this once; nobody is tracked.',
    looking: 'Locating…',
    found: (metres: number) => `Where you are is filled in, within about ${metres} m.`,
    refused: 'Locating is not allowed. Allow it in the browser, or type the coordinates.',
    notFound: 'Your place cannot be found now. Try under the open sky, or type the coordinates.',
    reading: 'Kept as (WGS 84)',
    nothing: 'No location: it is in the list, not on the map.',
    near: (metres: number) => `${metres} m from the nearest building of this grid.`,
    far: (metres: number) =>
      `${metres} m from the nearest building of this grid: check the numbers and where they come from.`,
    more: 'Walls (optional)',
    walls: 'Corners of the walls',
    wallsHint: 'One a line, once around, three at least. The map then shows the outline.',
    line: (line: number, problem: string) => `Line ${line}: ${problem}`,
    unchanged: 'Nothing was changed.',
    save: 'Save location',
    clear: 'Clear coordinates',
    problems: {
      'not-two-numbers': 'Two numbers are needed: longitude and latitude.',
      'not-in-china':
        'These are not in China. Longitudes lie between 73 and 136, latitudes between 3 and 54.',
      'too-few-corners': 'Three corners at least.',
      'too-many-corners': '200 corners at most.',
    } satisfies Record<LocationProblem, string>,
  },
}

export const useLocationWords = () => useScreenWords(locationWords)
