/** Whose door, as neighbours read it: the storey and no number. */

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

function storeyInWords(floor: number): string {
  const [tens, ones] = [Math.floor(floor / 10), floor % 10]
  const ten = tens === 0 ? '' : tens === 1 ? '十' : `${digits[tens]}十`
  return `${ten}${digits[ones]}`
}

/** 三楼一户; below the ground 地下一层一户; where no storey is known 一户. */
export function giverLabel(floor: number | null | undefined): string {
  if (!floor) return '一户'
  const storey = Math.abs(floor)
  if (storey > 99) return `${floor}楼一户`
  return floor < 0 ? `地下${storeyInWords(storey)}层一户` : `${storeyInWords(storey)}楼一户`
}
