import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { Chip, Chips } from '#app/ui/kit/Chip.tsx'
import { Button } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Figure, Figures } from '#app/ui/kit/Figure.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Hero } from '#app/ui/kit/Hero.tsx'
import { LevelMark, levelCell } from '#app/ui/kit/LevelMark.tsx'
import { LevelStrip } from '#app/ui/kit/LevelStrip.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Parts, Soft } from '#app/ui/kit/Part.tsx'
import { PinPad } from '#app/ui/kit/PinPad.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { Table } from '#app/ui/kit/Table.tsx'
import { Toast } from '#app/ui/kit/Toast.tsx'
import { FieldStates } from './FieldStates.tsx'
import { chinese, counts, english, levelsIn, type Words } from './samples.ts'

/** One section a piece, in the order of the design's list. */
export function Gallery(props: { readonly isEnglish: boolean }) {
  const words: Words = props.isEnglish ? english : chinese
  const levels = levelsIn(props.isEnglish)
  const [chosen, setChosen] = useState<ColourKey | null>('red')
  const [unit, setUnit] = useState('0')
  const [isOpen, setOpen] = useState(false)
  const [digits, setDigits] = useState('12')
  const parts = (texts: readonly string[]) =>
    texts.map((label, at) => ({ value: String(at), label }))
  return (
    <div style="display: grid; gap: 16px; max-width: 640px; padding: 16px var(--gutter)">
      <h1 style="font-size: var(--t-5); line-height: var(--l-5)">Kit</h1>
      <Piece name="LevelMark">
        <Acts>
          {colourKeys.flatMap((key) =>
            ([20, 28, 36] as const).map((size) => (
              <LevelMark key={`${key}${size}`} level={levels[key]} size={size} />
            )),
          )}
        </Acts>
        <Acts>
          {colourKeys.map((key) => (
            <LevelMark key={key} level={levels[key]} look="chip" />
          ))}
        </Acts>
        <Acts>
          {colourKeys.map((key) => (
            <LevelMark key={key} level={levels[key]} look="words" count={counts[key]} />
          ))}
        </Acts>
        <Acts>
          {colourKeys.map((key) => (
            <button
              key={key}
              type="button"
              class={levelCell(key)}
              style="min-width: 64px; min-height: 64px; border-radius: 10px"
            >
              {levels[key].mark} 5
            </button>
          ))}
        </Acts>
      </Piece>
      <Piece name="LevelStrip">
        <LevelStrip
          label={words.colours}
          levels={levels}
          counts={counts}
          chosen={chosen}
          onChoose={(key) => setChosen(chosen === key ? null : key)}
        />
        <LevelStrip label={words.colours} levels={levels} counts={counts} />
        <LevelStrip
          label={words.more}
          levels={levels}
          counts={{ ...counts, red: null, green: 1821 }}
        />
      </Piece>
      <Piece name="Hero">
        {colourKeys.map((key) => (
          <Hero key={key} level={levels[key]} title={`${levels[key].word}，${words.today}`}>
            {words.why}
          </Hero>
        ))}
        <Hero title={words.emptyTitle}>{words.emptyHint}</Hero>
        <Hero tone="pending" title={words.unsent} />
      </Piece>
      <Piece name="Group, Row">
        <Group head={words.building} aside={words.homes}>
          <Row
            href="#a"
            mark={<LevelMark level={levels.red} />}
            title={words.door}
            name={words.who}
            aside={words.late}
            isLate
            under={words.why}
          />
          <Row
            href="#b"
            mark={<LevelMark level={levels.green} />}
            title={words.door}
            name={words.who}
            aside={words.today}
            under={words.why}
            chosen
            action={<Button look="quiet" icon="phone" label={words.call} />}
          />
          <Row onClick={() => undefined} title={words.door} pending={words.unsent} aside="11-22" />
          <Row title={words.door} name={words.who} />
        </Group>
        <Group label={words.soft} box>
          <Soft>{words.soft}</Soft>
        </Group>
      </Piece>
      <Piece name="Segmented">
        {[2, 3, 4].map((count) => (
          <Segmented
            key={count}
            label={`${words.list} ${count}`}
            value={unit}
            options={parts(words.units.slice(0, count))}
            onChoose={setUnit}
          />
        ))}
        <Segmented
          label={words.map}
          value="list"
          options={[
            { value: 'list', label: words.list, href: '#list' },
            { value: 'map', label: words.map, href: '#map' },
          ]}
        />
      </Piece>
      <Piece name="Chip">
        <Chips label={words.overdue}>
          <Chip on onClick={() => undefined}>
            {words.all}
          </Chip>
          <Chip on={false} count={13} onClick={() => undefined}>
            {words.overdue}
          </Chip>
          <Chip on={false} disabled onClick={() => undefined}>
            {words.all}
          </Chip>
        </Chips>
      </Piece>
      <Piece name="Button">
        {(['primary', 'plain', 'quiet', 'danger'] as const).map((look) => (
          <Acts key={look}>
            <Button look={look} icon={look === 'danger' ? 'erase' : 'check'}>
              {look === 'danger' ? words.delete : words.save}
            </Button>
            <Button look={look} disabled>
              {words.save}
            </Button>
            <Button look={look} busy>
              {words.save}
            </Button>
            <Button look={look} icon="more" label={`${words.more}, ${look}`} />
          </Acts>
        ))}
        <Button wide>{words.next}</Button>
        <Button pressed wide>
          {words.next}
        </Button>
      </Piece>
      <FieldStates words={words} />
      <Piece name="FactGrid">
        <Group label={words.document} box>
          <FactGrid>
            <Fact label={words.sex}>{words.sexes[1]}</Fact>
            <Fact label={words.birth}>1934-06-04</Fact>
            <Fact label={words.document} tall>
              200517********3023
              <Button look="quiet" icon="eye" label={words.document} />
            </Fact>
            <Fact label={words.stay} wide>
              {words.why}
            </Fact>
          </FactGrid>
          <FactGrid isRow>
            {words.sizes.map((size, at) => (
              <Fact key={size} label={size}>
                {at}
              </Fact>
            ))}
          </FactGrid>
        </Group>
      </Piece>
      <Piece name="Foot">
        <Foot>
          <Button look="primary">{words.edit}</Button>
        </Foot>
        <Foot problem={<Notice tone="alarm">{words.fix}</Notice>}>
          <Button look="primary" icon="check">
            {words.save}
          </Button>
          <Button>{words.changed}</Button>
        </Foot>
      </Piece>
      <Piece name="Notice, Empty, Progress">
        <Notice>{words.draft}</Notice>
        <Notice tone="alarm">{words.fix}</Notice>
        <Empty title={words.emptyTitle} icon="check">
          <p>{words.emptyHint}</p>
          <Button>{words.next}</Button>
        </Empty>
        <Progress label={words.progress} value={0.4} />
        <Progress label={words.loading} value={null} />
      </Piece>
      <Piece name="Toast, Sheet">
        <Toast text={words.saved} undoLabel={words.undo} onUndo={() => undefined} />
        <Toast text={words.draft} />
        <Button onClick={() => setOpen(true)}>{words.settle}</Button>
        {isOpen && (
          <Sheet title={words.settle} closeLabel={words.close} onClose={() => setOpen(false)}>
            <Parts>
              <Soft>{words.soft}</Soft>
              <Button look="primary" wide>
                {words.save}
              </Button>
            </Parts>
          </Sheet>
        )}
      </Piece>
      <Piece name="Figure">
        <Figures label={words.figures}>
          <Figure number={29} word={words.visits} href="#late" isLate />
          <Figure number={6} word={words.requests} href="#new" />
          <Figure number="1,095" word={words.people} />
        </Figures>
        <Figures label={words.more}>
          {words.units.slice(0, 4).map((word, at) => (
            <Figure key={word} number={at} word={word} href="#unit" />
          ))}
        </Figures>
      </Piece>
      <Piece name="Table">
        <Rows words={words} />
        <Rows words={words} isTree />
        <Rows words={words} loading />
        <Rows words={words} isEmpty />
      </Piece>
      <Piece name="Part">
        <Part head={words.settle} aside={<span>{words.more}</span>}>
          <Soft>{words.soft}</Soft>
          <Acts>
            <Button>{words.save}</Button>
            <Button look="quiet">{words.more}</Button>
          </Acts>
        </Part>
      </Piece>
      <Piece name="PinPad">
        <PinPad
          value={digits}
          length={6}
          label={words.pin}
          eraseLabel={words.erase}
          onChange={setDigits}
        />
      </Piece>
    </div>
  )
}

interface Sample {
  readonly id: string
  readonly role: number
  readonly devices: number
}

function Rows(props: {
  readonly words: Words
  readonly loading?: boolean
  readonly isEmpty?: boolean
  /** With something before each name, and something below the first row. */
  readonly isTree?: boolean
}) {
  const { words, loading = false, isEmpty = false, isTree = false } = props
  const people: readonly Sample[] = [
    { id: 'a', role: 0, devices: 2 },
    { id: 'b', role: 1, devices: 14 },
  ]
  return (
    <Table<Sample>
      label={[words.people, loading && words.loading, isEmpty && words.nobody, isTree && words.more]
        .filter(Boolean)
        .join(', ')}
      rows={people.filter(() => !loading && !isEmpty)}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `#${id}`}
      chosen="b"
      {...(isTree && {
        leadOf: ({ id }: Sample) => (
          <Button look="quiet" icon="down" label={`${words.more} ${id}`} />
        ),
        belowOf: ({ id }: Sample) => id === 'a' && <Soft>{words.soft}</Soft>,
      })}
      loading={loading ? words.loading : undefined}
      empty={words.nobody}
      columns={[
        {
          ...{ key: 'name', head: words.name, sorted: 'ascending' },
          ...{ cell: ({ id }) => `${words.who} ${id}`, onSort: () => undefined },
        },
        { key: 'role', head: words.role, isWide: isTree, cell: ({ role }) => words.roles[role] },
        {
          ...{ key: 'devices', head: words.devices, isNumber: true, sorted: 'descending' },
          ...{ cell: ({ devices }) => devices, onSort: () => undefined },
        },
      ]}
    />
  )
}

export function Piece(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <section aria-label={props.name} style="display: grid; gap: 12px">
      <h2 style="font-size: var(--t-2); color: var(--ink-soft)">{props.name}</h2>
      {props.children}
    </section>
  )
}
