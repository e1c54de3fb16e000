// Elastic Beanstalk is not a service of the lab yet: its rules alone.
import './deploy.rule.ts'
import './health.rule.ts'
