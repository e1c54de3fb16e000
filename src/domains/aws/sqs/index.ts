// SQS is not a service of the lab yet: its rules alone, which later queues are decided by.
import './dlqRetention.rule.ts'
import './redrive.rule.ts'
import './redriveValid.rule.ts'
import './visibility.rule.ts'
