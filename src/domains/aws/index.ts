// AWS, a folder a service. To add one: its folder, and its line here; the rest of the lab finds it in the registry of core.
import './apigateway/index.ts'
import './applicationautoscaling/index.ts'
import './autoscaling/index.ts'
import './cloudformation/index.ts'
import './cloudwatch/index.ts'
import './codebuild/index.ts'
import './codecommit/index.ts'
import './codedeploy/index.ts'
import './codepipeline/index.ts'
import './ec2/index.ts'
import './ecr/index.ts'
import './ecs/index.ts'
import './elasticbeanstalk/index.ts'
import './elbv2/index.ts'
import './events/index.ts'
import './iam/index.ts'
import './lambda/index.ts'
import './logs/index.ts'
import './route53/index.ts'
import './sns/index.ts'
import './sqs/index.ts'
import './ssm/index.ts'
import './sts/index.ts'
import { awsProgram, awsDomain as compose, services } from './core/index.ts'

/** All AWS services as one domain. */
export const awsDomain = compose()

/** The programs of a learner's own machine that AWS brings. */
export const awsPrograms = [awsProgram]

/** Verbs of the `lab` program: what may go wrong, and what takes a person many steps. */
export const awsVerbs = [...services.values()].flatMap(({ verbs = [] }) => verbs)
