// SNS is not a service of the lab yet: its rule alone.
import './filterPolicy.rule.ts'
