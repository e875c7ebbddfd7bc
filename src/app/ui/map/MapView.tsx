import { render } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { rectangleAround, type Rectangle } from '#domain/bounds.ts'
import { metresBetween, wgsToGcj, type Position } from '#domain/position.ts'
import { Button, ButtonLink } from '../kit/Button.tsx'
import { Empty } from '../kit/Notice.tsx'
import { Sheet } from '../kit/Sheet.tsx'
import { useLevels } from '../levels.ts'
import { useMedia } from '../use-media.ts'
import { useWords } from '../words/use-words.ts'
import { gather, type Gathered, type Mark } from './gather.ts'
import { openGlass, type Camera, type Glass } from './glass.ts'
import { useMapWords } from './map-words.ts'
import styles from './MapView.module.css'
import { Marks } from './Marks.tsx'
import type { Corner } from './shapes.ts'
import { inksOf, paper, styleOf } from './style.ts'
import { useGround } from './use-ground.ts'
import { firstPages } from '#app/links/first.ts'

export interface MapViewProps {
  readonly label: string
  /** Each stands with its foot on its position; those without room beside each other stand as one. */
  readonly marks: readonly Mark[]
  /** Dots of all buildings, also of those that no mark stands on. */
  readonly points: readonly Position[]
  readonly outlines: readonly (readonly Position[])[]
  readonly bounds: readonly Position[]
  /** What is seen at first, and again on demand. */
  readonly area: Rectangle
  readonly camera: Camera | null
  readonly onCamera: (camera: Camera) => void
}

/** A map with marks, its buttons, and what is to be said of its ground. */
export function MapView(props: MapViewProps) {
  const words = useWords()
  const own = useMapWords()
  const { area, label } = props
  const element = useRef<HTMLDivElement>(null)
  const [glass, setGlass] = useState<Glass | null>(null)
  const [state, setState] = useState<'drawing' | 'drawn' | 'failed'>('drawing')
  const ground = useGround(area)
  const drawn = useDrawn(props, ground.datum === 'gcj02')
  const [choice, setChoice] = useState<readonly Mark[] | null>(null)
  const marks = useMarks(glass, drawn.marks, setChoice)
  const dark = useMedia('(prefers-color-scheme: dark)')
  const latest = useRef({ marks, onCamera: props.onCamera, missing: ground.missing })
  useLayoutEffect(() => {
    latest.current = { marks, onCamera: props.onCamera, missing: ground.missing }
  })

  useEffect(() => {
    const at = element.current
    if (!at) return
    let opened: Glass
    try {
      opened = openGlass(at, {
        style: styleOf(paper, inksOf(at)),
        camera: props.camera,
        area,
        label,
        overlay: styles.overlay ?? '',
        onMove: () => latest.current.marks.move(),
        onZoomed: () => latest.current.marks.draw(),
        onReady: () => setState('drawn'),
        onGroundMissing: () => latest.current.missing(),
      })
    } catch {
      setState('failed')
      return
    }
    setGlass(opened)
    return () => {
      latest.current.onCamera(opened.camera())
      render(null, opened.overlay)
      opened.remove()
    }
    // One map as long as the page is open; what changes is handed to it below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  useEffect(() => {
    if (element.current) glass?.setStyle(styleOf(ground.open, inksOf(element.current)))
  }, [glass, ground.open, dark])
  useEffect(() => glass?.setShapes(drawn.shapes), [glass, drawn])

  if (state === 'failed') {
    return (
      <Empty title={own.failed} icon="alert">
        <p>{own.failedHint}</p>
      </Empty>
    )
  }
  const told = [ground.note && own[ground.note], ground.credit].filter(Boolean).join(' ')
  return (
    <div class={styles.view} data-map={state}>
      <div ref={element} class={styles.glass} />
      {state === 'drawing' && <p class={styles.drawing}>{own.drawing}</p>}
      <div class={styles.under}>
        <div class={styles.tools}>
          <Button onClick={() => glass?.fit(area)}>{own.whole}</Button>
          <Button icon="minus" label={own.farther} onClick={() => glass?.zoomBy(-1)} />
          <Button icon="plus" label={own.closer} onClick={() => glass?.zoomBy(1)} />
        </div>
        {told !== '' && (
          <p class={styles.told} role="status">
            {told}
          </p>
        )}
      </div>
      {choice && (
        <Sheet
          title={own.several(choice.length)}
          closeLabel={words.shell.close}
          onClose={() => setChoice(null)}
        >
          <p>{own.samePlace}</p>
          <div class={styles.choice}>
            {choice.map(({ id, name }) => (
              <ButtonLink key={id} wide href={firstPages.building(id)}>
                {name}
              </ButtonLink>
            ))}
          </div>
        </Sheet>
      )}
    </div>
  )
}

/** As the ground has it: where that is drawn in GCJ-02, everything on it is shifted alike. */
function useDrawn(props: MapViewProps, isShifted: boolean) {
  const { marks, points, outlines, bounds } = props
  return useMemo(() => {
    const shift = (position: Position) => (isShifted ? wgsToGcj(position) : position)
    const corner = (position: Position): Corner => {
      const { longitude, latitude } = shift(position)
      return [longitude, latitude]
    }
    return {
      marks: marks.map((mark) => ({ ...mark, position: shift(mark.position) })),
      shapes: {
        points: points.map(corner),
        outlines: outlines.map((ring) => ring.map(corner)),
        bounds: bounds.map(corner),
      },
    }
  }, [marks, points, outlines, bounds, isShifted])
}

/** Keeps the marks over the map: `draw` where their room has changed, `move` with each frame. */
function useMarks(
  glass: Glass | null,
  marks: readonly Mark[],
  onChoice: (marks: readonly Mark[]) => void,
) {
  const levels = useLevels()
  const own = useMapWords()
  const groups = useRef<readonly Gathered[]>([])
  const move = () => {
    if (!glass) return
    const elements = glass.overlay.querySelectorAll<HTMLElement>('[data-mark]')
    for (const [index, element] of [...elements].entries()) {
      const group = groups.current[index]
      if (!group) continue
      const { x, y } = glass.place(group.position)
      const [left, top] = [Math.round(x), Math.round(y) - footGap]
      element.style.transform = `translate(${left}px, ${top}px) translate(-50%, -100%)`
    }
  }
  const draw = () => {
    if (!glass) return
    groups.current = gather(marks, glass.place, glass.unplace, boxOf(glass.overlay))
    render(
      <Marks
        groups={groups.current}
        levels={levels}
        words={own}
        onCloser={({ marks: together }) => {
          const area = rectangleAround(together.map(({ position }) => position))
          if (area && isApart(area) && !glass.isClosest()) glass.closerTo(area)
          else onChoice(together)
        }}
        onFocus={glass.bringIntoView}
      />,
      glass.overlay,
    )
    move()
  }
  // `draw` is made anew with each of these.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(draw, [glass, marks, levels, own])
  return { move, draw }
}

/** Whether coming closer can part them: not where several stand on the very same spot. */
function isApart({ west, south, east, north }: Rectangle): boolean {
  const corners = [
    { longitude: west, latitude: south },
    { longitude: east, latitude: north },
  ] as const
  return metresBetween(...corners) > 12
}

/** The dot of a building stays in sight under the foot of its mark. */
const footGap = 8

/** About what a mark takes, by the size of the text: a name, the gravest of its levels, and how many there are of it. */
function boxOf(overlay: HTMLElement) {
  const text = parseFloat(getComputedStyle(overlay).fontSize)
  return { width: text * 7.4, height: text * 3.4 }
}
