import './quiz.css'

/** What stands there while a question is made. */
export function Waiting({ words = 'Building a small world ...' }: { readonly words?: string }) {
  return (
    <div className="quiz quiz-wait" role="status">
      {words}
    </div>
  )
}
