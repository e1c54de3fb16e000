import './teach.css'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useLab } from '../../host/react.ts'
import type { TaskPicture } from '../../host/views/index.ts'
import { classCodeOf, readClassCode } from '../../teaching/classCode.ts'
import { askedOf } from '../../teaching/lesson/lesson.ts'
import { listed } from '../../teaching/lesson/listed.ts'
import { filesOfLesson, sceneText } from '../../teaching/lesson/ownTexts.ts'
import { readLesson } from '../../teaching/lesson/readLesson.ts'
import { Badge, Button, DataTable, TextField, toast } from '../../ui/index.ts'
import { type Completion, readCompletionCode } from '../../workspace/completion.ts'
import { useLayout } from '../../workspace/index.ts'
import { Page } from '../page/index.ts'
import { QrCode } from './QrCode.tsx'

/** What a teacher needs before and after the class: lessons to present, a code for the class, and what students hand in. */
export function Teach() {
  return (
    <Page
      title="For teachers"
      here="For teachers"
      lead="Present a lesson on the wall, give each student a variant of their own, and replay what they hand in. Nothing leaves this browser."
    >
      <Presenting />
      <ClassCode />
      <HandedIn />
    </Page>
  )
}

function Presenting() {
  const [, navigate] = useLocation()
  return (
    <section aria-labelledby="presenting">
      <h2 id="presenting">Present a lesson</h2>
      <p className="sub m-0">
        A second window has your notes, the hands, the hidden answer and what can be broken. Press N on the wall to open
        it.
      </p>
      <ul className="teach-lessons">
        {listed.map(({ id, title, minutes }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => {
                useLayout.getState().setMode('present')
                navigate(`/learn/${id}`)
              }}
            >
              <b>{title}</b>
              <small>{`${minutes} min`}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ClassCode() {
  const [code, setCode] = useState(() => classCodeOf(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0))
  const known = readClassCode(code)
  const address = `${location.origin}${location.pathname}#/quiz/class/${known ?? code}/`
  return (
    <section aria-labelledby="code">
      <h2 id="code">A quiz for the class</h2>
      <p className="sub m-0">
        Everyone opens the same address and adds their number in the class. Each gets the same questions about worlds of
        their own, so an answer from next door is worth nothing.
      </p>
      <div className="teach-code">
        <div>
          <TextField
            label="Code of the class"
            mono
            value={code}
            onChange={setCode}
            error={known === undefined ? 'A code has five letters and digits.' : undefined}
          />
          <p className="mono m-0 mt-2">{`${address}1`}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button onClick={() => setCode(classCodeOf(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0))}>
              Another code
            </Button>
            <Button
              onClick={() =>
                void navigator.clipboard?.writeText(address).then(() => toast({ status: 'ok', text: 'Copied.' }))
              }
            >
              Copy the address
            </Button>
          </div>
        </div>
        {known === undefined ? null : (
          <QrCode text={`${address}1`} label="The address of the class's quiz" size={148} />
        )}
      </div>
    </section>
  )
}

interface Judged {
  readonly name: string
  readonly lesson: string
  readonly state: TaskPicture['state']
  readonly stars: number
  readonly lines: number
}

function HandedIn() {
  const lab = useLab()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const [judged, setJudged] = useState<readonly Judged[]>([])
  const [busy, setBusy] = useState(false)
  const judge = async (completion: Completion) => {
    const folder = listed.find(({ id }) => id === completion.lesson)?.folder
    const lesson = folder && readLesson(folder, await filesOfLesson(folder), { sceneText }).lesson
    const task = lesson ? lesson.beats[completion.beat]?.task : undefined
    if (!lesson || !task) return setWrong('This code is of a lesson that is not here.')
    setBusy(true)
    try {
      await lab.open(completion.save)
      await lab.pause()
      const picture = (await lab.ask('goals', {
        task: askedOf(task),
        began: completion.began,
      } as never)) as TaskPicture
      const lines = completion.save.branches[0]?.history.filter(
        ({ at, by }) => at >= completion.began.at && by !== 'lesson',
      )
      setJudged((before) => [
        {
          name: completion.name || 'No name',
          lesson: lesson.title,
          state: picture.state,
          stars: picture.state === 'won' ? picture.stars.filter(({ open }) => open).length : 0,
          lines: lines?.length ?? 0,
        },
        ...before,
      ])
      setCode('')
    } catch (error) {
      setWrong(`This run does not replay: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section aria-labelledby="handed">
      <h2 id="handed">What students hand in</h2>
      <p className="sub m-0">
        At the end of a task a student gets a code. Paste it: the run is replayed here, line by line, and the goals are
        judged anew.
      </p>
      <form
        className="teach-paste"
        onSubmit={(event) => {
          event.preventDefault()
          const read = readCompletionCode(code)
          if ('wrong' in read) return setWrong(read.wrong)
          setWrong(undefined)
          void judge(read)
        }}
      >
        <TextField label="Code of a run" mono value={code} error={wrong} onChange={setCode} />
        <Button type="submit" disabled={busy}>
          {busy ? 'Replaying…' : 'Replay it'}
        </Button>
      </form>
      {judged.length > 0 ? (
        <DataTable
          caption="Runs that were handed in"
          rows={judged.map((run, i) => ({ ...run, key: String(judged.length - i) }))}
          rowKey={({ key }) => key}
          columns={[
            { id: 'name', header: 'Student', cell: ({ name }) => name, sort: ({ name }) => name },
            { id: 'lesson', header: 'Lesson', cell: ({ lesson }) => lesson, sort: ({ lesson }) => lesson },
            {
              id: 'state',
              header: 'Replayed',
              cell: ({ state }) => (
                <Badge small status={state === 'won' ? 'ok' : state === 'lost' ? 'err' : 'pend'}>
                  {state === 'won' ? 'Solved' : state === 'lost' ? 'Lost' : 'Not solved'}
                </Badge>
              ),
            },
            { id: 'stars', header: 'Stars', right: true, cell: ({ stars }) => stars, sort: ({ stars }) => stars },
            { id: 'lines', header: 'Lines', right: true, cell: ({ lines }) => lines, sort: ({ lines }) => lines },
          ]}
        />
      ) : null}
    </section>
  )
}
