/**
 * 富春街道 with its communities and administrative villages by their public names; codes of 12 digits, and the
 * urban-rural class of the statistics. A code that is not publicly known is null, and none is invented.
 */
import type { PlaceKind } from './place.ts'

export interface Division {
  readonly code: string | null
  readonly name: string
  readonly kind: PlaceKind
  readonly urbanRuralClass: string | null
}

const division = (
  kind: PlaceKind,
  name: string,
  code: string | null,
  urbanRuralClass: string | null,
): Division => ({ kind, name, code, urbanRuralClass })

export const subdistrict = division('subdistrict', '富春街道', '330111001000', null)

export const divisions: readonly Division[] = [
  division('community', '城西社区', '330111001003', '111'),
  division('community', '盘龙山社区', '330111001008', '111'),
  division('community', '后亭子社区', '330111001010', '111'),
  division('community', '苋浦社区', '330111001011', '111'),
  division('community', '春晖社区', '330111001012', '111'),
  division('community', '春秋社区', '330111001013', '111'),
  division('community', '春南社区', '330111001014', '111'),
  division('community', '秋月社区', '330111001015', '111'),
  division('community', '太平桥社区', '330111001016', '111'),
  division('community', '虎山社区', '330111001017', '111'),
  division('community', '城东社区', '330111001019', '111'),
  division('community', '镬子山社区', '330111001020', '111'),
  division('community', '鹳山社区', '330111001021', '111'),
  division('community', '江滨社区', '330111001022', '111'),
  division('community', '后周社区', '330111001023', '111'),
  division('community', '鹿山社区', '330111001024', '111'),
  division('community', '秦望社区', '330111001025', '111'),
  division('community', '金桥社区', '330111001026', '111'),
  division('community', '凤浦社区', '330111001027', '111'),
  division('community', '东山社区', '330111001028', '111'),
  division('community', '金秋社区', '330111001029', '111'),
  division('community', '巨利社区', '330111001030', '111'),
  division('community', '新民社区', null, '111'),
  division('community', '恩波社区', null, '111'),
  division('community', '东兴社区', null, '111'),
  division('community', '新汇社区', null, '111'),
  division('community', '蒋家桥社区', null, '111'),
  division('community', '戴家墩社区', null, '111'),
  division('community', '文采社区', null, '111'),
  division('community', '金苑社区', null, '111'),
  division('community', '百合社区', null, '111'),
  division('community', '金家桥社区', null, '111'),
  division('community', '香槟社区', null, '111'),
  division('community', '大盘山社区', null, '111'),
  division('community', '桃源社区', null, '111'),
  division('community', '阳陂湖社区', null, '112'),
  division('community', '秋丰社区', null, '111'),
  division('community', '秦忆社区', null, '111'),
  division('community', '三根桥社区', null, '111'),
  division('community', '凤凰桥社区', null, '111'),
  division('community', '彩虹桥社区', null, '111'),
  division('community', '三联社区', null, '111'),
  division('village', '春华村委会', '330111001212', '112'),
  division('village', '秋丰村委会', '330111001213', '112'),
  division('village', '三联村委会', '330111001229', '112'),
  division('village', '宵井村委会', '330111001234', '220'),
  division('village', '方家井村委会', '330111001235', '220'),
  division('village', '执中亭村委会', '330111001236', '220'),
  division('village', '西邮村委会', '330111001237', '220'),
  division('village', '青云桥村委会', '330111001238', '112'),
  division('village', '拔山村委会', '330111001239', '220'),
  division('village', '杨清庙村委会', '330111001240', '220'),
  division('village', '湖塍村委会', '330111001241', '112'),
  division('village', '三桥村委会', '330111001242', '112'),
]
