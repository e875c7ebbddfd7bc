/** Where a hukou is, by the names of GB/T 2260. */
import { areaList } from '@vant/area-data'
import { describe, expect, it } from 'vitest'
import { isFloating } from '#domain/residence.ts'
import { createDivisionReader } from '#domain/roster/read-division.ts'

const { read } = createDivisionReader(areaList)

describe('a hukou address', () => {
  it.each<[string, string | null, boolean]>([
    ['安徽省阜阳市太和县', '341222', true],
    ['安徽省阜阳市太和县城关镇样例村12号', '341222', true],
    ['安徽阜阳太和县', '341222', true],
    ['安徽阜阳太和', '341222', true],
    ['安徽太和县', '341222', true],
    ['阜阳市太和县', '341222', true],
    ['太和县样例镇', '341222', true],
    ['安徽省', '340000', true],
    ['安徽', '340000', true],
    ['河南省周口市', '411600', true],
    ['河南省郸城县', '411625', true],
    ['四川达州', '511700', true],
    ['四川省达州市宣汉县', '511722', true],
    ['贵州省黔东南苗族侗族自治州', '522600', true],
    ['贵州黔东南州凯里市', '522601', true],
    ['湖北恩施州利川市', '422802', true],
    ['湖北省仙桃市', '429004', true],
    ['广西柳州市', '450200', true],
    ['内蒙古赤峰市', '150400', true],
    ['新疆喀什地区', '653100', true],
    ['西藏拉萨', '540100', true],
    ['重庆市万州区', '500101', true],
    ['重庆云阳县', '500235', true],
    ['北京市朝阳区', '110105', true],
    ['上海', '310000', true],
    ['香港特别行政区', '810000', true],
    ['台湾省', '710000', true],
    ['浙江省温州市', '330300', true],
    ['浙江省杭州市桐庐县', '330122', true],
    ['浙江桐庐县', '330122', true],
    ['建德市', '330182', true],
    ['浙江省杭州市富阳区富春街道', '330111', false],
    ['浙江省富阳市', '330111', false],
    ['杭州市下城区', '330105', false],
    ['杭州富阳', '330111', false],
    ['富阳区样例镇', '330111', false],
    ['杭州市西湖区', '330106', false],
    ['江西省南昌市西湖区', '360103', true],
    ['秋丰村12号', '330111', false],
    ['户籍：中国 安徽省 阜阳市', '341200', true],
    ['吉林市', '220200', true],
    ['吉林', '220000', true],
    // Which of them, nobody can say from the text.
    ['西湖区文三路', null, false],
    ['鼓楼区', null, false],
    ['浙江省', null, false],
    ['浙江省杭州市', null, false],
    ['杭州', null, false],
    ['样例国', null, false],
    ['南京路12号', null, false],
    ['城关镇', null, false],
  ])('%s is %s', (address, code, floating) => {
    expect(read(address)?.code).toBe(code)
    expect(isFloating({ hukouDivision: code })).toBe(floating)
  })

  it('that several places have is asked about with all of them', () => {
    expect(read('西湖区')?.suggestions.map(({ name }) => name)).toEqual([
      '浙江省杭州市西湖区',
      '江西省南昌市西湖区',
    ])
  })

  it('of nothing is nothing to ask about', () => {
    expect(read('')).toBeNull()
    expect(read('12-3')).toBeNull()
  })

  it('leaves open who is floating where the division ends above the districts', () => {
    expect(
      ['330000', '330100', '330111', '330183', '330182', '340000', ''].map((hukouDivision) =>
        isFloating({ hukouDivision }),
      ),
    ).toEqual([false, false, false, false, true, true, false])
  })
})
