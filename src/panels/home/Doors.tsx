import ArrowRight from 'lucide-react/icons/arrow-right'
import BookOpen from 'lucide-react/icons/book-open'
import Clock from 'lucide-react/icons/clock'
import Grid from 'lucide-react/icons/layout-grid'
import { DoorArt, type DoorName } from './DoorArt.tsx'

/** The three ways in: lessons, the sandbox, questions. */
export function Doors() {
  return (
    <div className="home-doors">
      <Door
        href="#/learn"
        art="learn"
        icon={<BookOpen size={18} aria-hidden="true" />}
        title="Learn"
        go="See the lessons"
      >
        Stories and lessons. Predict, run, and see the reason.
      </Door>
      <Door
        href="#/lab/three-nodes"
        art="build"
        icon={<Grid size={18} aria-hidden="true" />}
        title="Build"
        go="Open the sandbox"
      >
        Three nodes, a palette, a terminal. Every drag is a command.
      </Door>
      <Door href="#/quiz" art="quiz" icon={<Clock size={18} aria-hidden="true" />} title="Quiz me" go="Start">
        Five minutes. The simulator makes the question and the answer.
      </Door>
    </div>
  )
}

function Door({
  href,
  art,
  icon,
  title,
  go,
  children,
}: {
  href: string
  art: DoorName
  icon: React.ReactNode
  title: string
  go: string
  children: string
}) {
  return (
    <a className="door" href={href}>
      <h2>
        {icon}
        {title}
      </h2>
      <p>{children}</p>
      <span className="go">
        {go}
        <ArrowRight size={14} aria-hidden="true" />
      </span>
      <DoorArt name={art} />
    </a>
  )
}
