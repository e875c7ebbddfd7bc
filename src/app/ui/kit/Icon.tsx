/** Plain pieces that every screen is made of; they know nothing of the register. */
const paths = {
  today: 'M7 3v4M17 3v4M4 8h16v12H4zM8.5 14l2.5 2.5 4.5-5',
  grid: 'M4 21V8l7-4v17M11 21V10h9v11M7 11v0M7 15v0M14.5 14v0M14.5 18v0M17.5 14v0M17.5 18v0',
  requests: 'M4 4.5h16v11.5h-9l-4.5 4v-4H4zM8 9h8M8 12h5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21',
  office:
    'M4 21V6l8-3 8 3v15M2.5 21h19M9 21v-4h6v4M8.5 9v0M12 9v0M15.5 9v0M8.5 13v0M12 13v0M15.5 13v0',
  overview: 'M4 20.5h16M6.5 17v-5M12 17V5M17.5 17V9',
  me: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 21c.6-4.2 3.5-6.5 7.5-6.5s6.9 2.3 7.5 6.5',
  table: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14',
  back: 'M15 4l-8 8 8 8',
  next: 'M9 4l8 8-8 8',
  down: 'M4 9l8 8 8-8',
  close: 'M5 5l14 14M19 5 5 19',
  plus: 'M12 4v16M4 12h16',
  minus: 'M4 12h16',
  check: 'M4 12.5l5.5 5.5L20 6.5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  phone:
    'M6 3h3.5l1.5 5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2 5 1.5V18a3 3 0 0 1-3 3C10.5 21 3 13.5 3 6a3 3 0 0 1 3-3z',
  device: 'M7 2.5h10v19H7zM11.5 18h1',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6',
  import: 'M12 3v11M7.5 10l4.5 4.5 4.5-4.5M4 17v4h16v-4',
  sync: 'M20 11a8 8 0 0 0-14-4.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4.5L20 15M20 20v-5h-5',
  offline: 'M4 4l16 16M7 9.5A4.5 4.5 0 0 0 7.5 18.5H16M10 6.5A6 6 0 0 1 18 11a4 4 0 0 1 2.5 6',
  alert: 'M12 4 2.5 20.5h19zM12 10v5M12 18v0',
  colours:
    'M12 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM7.5 11a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM16.5 11a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  review: 'M9 3.5h6v3H9zM9 5H5v16h14V5h-4M8.5 13.5l2.5 2.5 4.5-5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  edit: 'M4 20l1-4L16.5 4.5l3 3L8 19z',
  home: 'M3 11l9-7 9 7M6 9.5V20h12V9.5',
  more: 'M5 12v0M12 12v0M19 12v0',
  erase: 'M9 5h12v14H9l-6-7zM12.5 9.5l5 5M17.5 9.5l-5 5',
} as const

export type IconName = keyof typeof paths

/** A line drawing of 24 × 24 that takes the text's colour and size; words always stand beside it. */
export function Icon(props: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="1.25em"
      height="1.25em"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[props.name]} />
    </svg>
  )
}
