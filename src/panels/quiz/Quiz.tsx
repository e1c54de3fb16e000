import { Suspense, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { TemplateCard } from '../../teaching/quiz/quizService.ts'
import { useTheme } from '../../ui/theme.ts'
import { quizzes } from './client.ts'
import { part } from './part.tsx'
import { Waiting } from './Waiting.tsx'
import { wishOf } from './wish.ts'

const Doors = part(() => import('./Doors.tsx').then(({ Doors }) => Doors))
/** Asking and telling are fetched beside the worker that makes the questions. */
const Session = part(() => import('./Session.tsx').then(({ Session }) => Session))

/** The room of quizzes: its doors, or a session of what the address asks for. */
export function Quiz() {
  // Screens of a quiz have no switch, but follow the machine from dark to light.
  useTheme()
  const client = quizzes()
  const [path, navigate] = useLocation()
  const [cards, setCards] = useState<readonly TemplateCard[]>()
  const [failed, setFailed] = useState<string>()
  useEffect(() => {
    client.cards().then(setCards, (error: Error) => setFailed(error.message))
    void import('./Session.tsx').catch(() => undefined)
  }, [client])
  const doors = (wrong?: string) => (
    <Suspense>
      <Doors
        cards={cards}
        wrong={wrong}
        onQuiz={(topic = 'any') => navigate(`/quiz/${topic}`)}
        onExam={() => navigate('/exam')}
      />
    </Suspense>
  )
  const wish = wishOf(path)
  if (wish.sort === 'home' || failed !== undefined) return doors(failed)
  return (
    <Suspense fallback={<Waiting />}>
      <Session
        key={path}
        wish={wish}
        cards={cards}
        client={client}
        onLeave={() => navigate('/quiz')}
        otherwise={doors}
      />
    </Suspense>
  )
}
