// API Gateway is not a service of the lab yet: its rule alone.
import './throttle.rule.ts'
