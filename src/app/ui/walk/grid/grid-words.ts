/** Words of a grid as a list and as a map. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const gridWords = {
  'zh-CN': {
    looks: '看法',
    list: '列表',
    map: '地图',
    all: (rooms: number, buildings: number) => `共${rooms}间，${buildings}栋楼`,
    matching: (rooms: number, buildings: number) => `符合${rooms}间，在${buildings}栋楼`,
    rooms: (count: number) => `${count}间`,
    noneMatches: '没有符合的房间',
    noneMatchesHint: '换一个筛选，或清除筛选。',
    withoutPlace: '还没有位置',
    someWithoutPlace: (count: number) => `有${count}栋还没有位置，只在清单里。`,
    noPlacesTitle: '这个网格的楼栋都还没有位置',
    noPlacesHint: '打开一栋楼，点“位置”，就能把它放到地图上。下面的清单照样能用。',
    mapOf: (grid: string) => `${grid} 地图，方向键移动，加减号缩放`,
    buildingsHere: '楼栋清单',
  },
  en: {
    looks: 'View',
    list: 'List',
    map: 'Map',
    all: (rooms: number, buildings: number) => `${rooms} rooms in ${buildings} buildings`,
    matching: (rooms: number, buildings: number) =>
      `${rooms} rooms match, in ${buildings} buildings`,
    rooms: (count: number) => `${count} rooms`,
    noneMatches: 'No room matches',
    noneMatchesHint: 'Ask for something else, or clear the filters.',
    withoutPlace: 'not on the map',
    someWithoutPlace: (count: number) =>
      `${count} buildings have no place on the map yet; they are in the list.`,
    noPlacesTitle: 'No building of this grid has a place yet',
    noPlacesHint:
      'Open one and choose Location to put it on the map. The list below works as ever.',
    mapOf: (grid: string) => `Map of ${grid}; arrow keys move it, plus and minus zoom`,
    buildingsHere: 'Buildings',
  },
}
export type GridWords = (typeof gridWords)['zh-CN']

export const useGridWords = () => useScreenWords(gridWords)
