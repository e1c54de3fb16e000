// Lambda is not a service of the lab yet: its rules alone, which later functions are decided by.
import './asyncRetry.rule.ts'
import './billing.rule.ts'
import './concurrency.rule.ts'
import './config.rule.ts'
