/** Files of the sample service `quotes`, by path: what `git clone https://git.example.com/quotes.git` brings. */
export const quotesFiles: { readonly [path: string]: string } = {
  '.dockerignore': `.git
aws
k8s
public
test
test-results
`,
  '.gitignore': `public/
test-results/
`,
  Dockerfile: `# syntax=docker/dockerfile:1
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json ./
COPY scripts scripts
COPY data data
RUN npm run build

FROM nginx:1.27-alpine
COPY nginx/default.conf /etc/nginx/conf.d/default.conf
COPY --from=build /app/public /usr/share/nginx/html
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=2s CMD wget -q -O /dev/null http://localhost:8080/healthz
`,
  'README.md': `# Quotes

A small web service that answers with words worth keeping. It has what a service needs on its way from a commit to its users: tests, a
Dockerfile, a buildspec, an appspec, a task definition, manifests, and \`aws/setup.sh\`, which builds the road.

    npm test            unit and integration tests
    npm run build       writes the site to public/
    sh aws/setup.sh     repository, registry, cluster, load balancer, pipeline
    git push            and watch

| path | answers |
|---|---|
| \`/\` | a page |
| \`/api/quotes.json\` | every quote |
| \`/api/version\` | the version that answers |
| \`/healthz\` | \`ok\`, for health checks |
`,
  'appspec.yaml': `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: web
          ContainerPort: 8080
`,
  'aws/pipeline-k8s.json': `{
  "pipeline": {
    "name": "quotes",
    "pipelineType": "V2",
    "executionMode": "SUPERSEDED",
    "roleArn": "arn:aws:iam::123456789012:role/quotes-pipeline",
    "artifactStore": {
      "type": "S3",
      "location": "quotes-artifacts"
    },
    "stages": [
      {
        "name": "Source",
        "actions": [
          {
            "name": "Commit",
            "actionTypeId": {
              "category": "Source",
              "owner": "AWS",
              "provider": "CodeCommit",
              "version": "1"
            },
            "runOrder": 1,
            "configuration": {
              "RepositoryName": "quotes",
              "BranchName": "main"
            },
            "inputArtifacts": [],
            "outputArtifacts": [
              {
                "name": "source"
              }
            ],
            "namespace": "Source"
          }
        ]
      },
      {
        "name": "Build",
        "actions": [
          {
            "name": "Image",
            "actionTypeId": {
              "category": "Build",
              "owner": "AWS",
              "provider": "CodeBuild",
              "version": "1"
            },
            "runOrder": 1,
            "configuration": {
              "ProjectName": "quotes"
            },
            "inputArtifacts": [
              {
                "name": "source"
              }
            ],
            "outputArtifacts": [
              {
                "name": "built"
              }
            ],
            "namespace": "Build"
          }
        ]
      },
      {
        "name": "Production",
        "actions": [
          {
            "name": "ECS",
            "actionTypeId": {
              "category": "Deploy",
              "owner": "AWS",
              "provider": "ECS",
              "version": "1"
            },
            "runOrder": 1,
            "configuration": {
              "ClusterName": "quotes",
              "ServiceName": "quotes",
              "FileName": "imagedefinitions.json"
            },
            "inputArtifacts": [
              {
                "name": "built"
              }
            ],
            "outputArtifacts": []
          },
          {
            "name": "Kubernetes",
            "actionTypeId": {
              "category": "Build",
              "owner": "AWS",
              "provider": "CodeBuild",
              "version": "1"
            },
            "runOrder": 1,
            "configuration": {
              "ProjectName": "quotes-k8s"
            },
            "inputArtifacts": [
              {
                "name": "built"
              }
            ],
            "outputArtifacts": []
          }
        ]
      }
    ]
  }
}
`,
  'aws/pipeline.json': `{
  "pipeline": {
    "name": "quotes",
    "pipelineType": "V2",
    "executionMode": "SUPERSEDED",
    "roleArn": "arn:aws:iam::123456789012:role/quotes-pipeline",
    "artifactStore": {
      "type": "S3",
      "location": "quotes-artifacts"
    },
    "stages": [
      {
        "name": "Source",
        "actions": [
          {
            "name": "Commit",
            "actionTypeId": {
              "category": "Source",
              "owner": "AWS",
              "provider": "CodeCommit",
              "version": "1"
            },
            "runOrder": 1,
            "configuration": {
              "RepositoryName": "quotes",
              "BranchName": "main"
            },
            "inputArtifacts": [],
            "outputArtifacts": [
              {
                "name": "source"
              }
            ],
            "namespace": "Source"
          }
        ]
      },
      {
        "name": "Build",
        "actions": [
          {
            "name": "Image",
            "actionTypeId": {
              "category": "Build",
              "owner": "AWS",
              "provider": "CodeBuild",
              "version": "1"
            },
            "runOrder": 1,
            "configuration": {
              "ProjectName": "quotes"
            },
            "inputArtifacts": [
              {
                "name": "source"
              }
            ],
            "outputArtifacts": [
              {
                "name": "built"
              }
            ],
            "namespace": "Build"
          }
        ]
      },
      {
        "name": "Production",
        "actions": [
          {
            "name": "ECS",
            "actionTypeId": {
              "category": "Deploy",
              "owner": "AWS",
              "provider": "ECS",
              "version": "1"
            },
            "runOrder": 1,
            "configuration": {
              "ClusterName": "quotes",
              "ServiceName": "quotes",
              "FileName": "imagedefinitions.json"
            },
            "inputArtifacts": [
              {
                "name": "built"
              }
            ],
            "outputArtifacts": []
          }
        ]
      }
    ]
  }
}
`,
  'aws/quotes-build.json': `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["ecr:*", "logs:*"], "Resource": "*" },
    { "Effect": "Allow", "Action": "codecommit:GitPull", "Resource": "*" }
  ]
}
`,
  'aws/quotes-pipeline.json': `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["codecommit:*", "codebuild:*", "ecs:*", "elasticloadbalancing:*"], "Resource": "*" },
    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }
  ]
}
`,
  'aws/quotes-tasks.json': `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability", "logs:CreateLogStream", "logs:PutLogEvents"],
      "Resource": "*"
    }
  ]
}
`,
  'aws/setup.sh': `#!/bin/sh
# Builds the road from a commit to running services: roles, registry, load balancer, ECS service, repository, build, pipeline.
# With a Kubernetes cluster beside it (\`lab cluster up\`), the pipeline delivers there too.
set -e
region=us-east-1
account=$(aws sts get-caller-identity --query Account --output text)
registry=$account.dkr.ecr.$region.amazonaws.com
repo=$registry/quotes

role() {
  aws iam create-role --role-name "$1" --assume-role-policy-document "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"$2\\"},\\"Action\\":\\"sts:AssumeRole\\"}]}" > /dev/null
  aws iam put-role-policy --role-name "$1" --policy-name may --policy-document "file://aws/$1.json"
}

echo "roles"
role quotes-tasks ecs-tasks.amazonaws.com
role quotes-build codebuild.amazonaws.com
role quotes-pipeline codepipeline.amazonaws.com

echo "registry, and a first image"
aws ecr create-repository --repository-name quotes > /dev/null
aws ecr get-login-password | docker login --username AWS --password-stdin $registry > /dev/null
docker build -q -t $repo:first . > /dev/null
docker push -q $repo:first > /dev/null

echo "load balancer"
subnets=$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query 'Subnets[:2].SubnetId' --output text)
vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
group=$(aws ec2 describe-security-groups --filters Name=group-name,Values=default --query 'SecurityGroups[0].GroupId' --output text)
aws ec2 authorize-security-group-ingress --group-id $group --ip-permissions 'IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{CidrIp=0.0.0.0/0}]' > /dev/null
balancer=$(aws elbv2 create-load-balancer --name quotes --subnets $subnets --query 'LoadBalancers[0].LoadBalancerArn' --output text)
target=$(aws elbv2 create-target-group --name quotes --protocol HTTP --port 8080 --vpc-id $vpc --target-type ip --health-check-path /healthz --health-check-interval-seconds 10 --query 'TargetGroups[0].TargetGroupArn' --output text)
aws elbv2 modify-target-group-attributes --target-group-arn $target --attributes Key=deregistration_delay.timeout_seconds,Value=15 > /dev/null
aws elbv2 create-listener --load-balancer-arn $balancer --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$target > /dev/null

echo "ECS service"
aws ecs create-cluster --cluster-name quotes > /dev/null
sed "s|<IMAGE1_NAME>|$repo:first|" taskdef.json > /tmp/taskdef.json
aws ecs register-task-definition --cli-input-json file:///tmp/taskdef.json > /dev/null
first=$(echo $subnets | tr ' ' ',')
aws ecs create-service --cluster quotes --service-name quotes --task-definition quotes --desired-count 2 --launch-type FARGATE \\
  --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=200' \\
  --health-check-grace-period-seconds 10 \\
  --network-configuration "awsvpcConfiguration={subnets=[$first],securityGroups=[$group],assignPublicIp=ENABLED}" \\
  --load-balancers targetGroupArn=$target,containerName=web,containerPort=8080 > /dev/null

echo "repository"
url=$(aws codecommit create-repository --repository-name quotes --query repositoryMetadata.cloneUrlHttp --output text)
git config user.email > /dev/null || git config user.email learner@example.com
git config user.name > /dev/null || git config user.name Learner
git remote set-url origin $url
git push -q origin main

echo "build project"
aws codebuild create-project --name quotes --source type=CODEPIPELINE --artifacts type=CODEPIPELINE \\
  --environment "type=LINUX_CONTAINER,image=aws/codebuild/standard:7.0,computeType=BUILD_GENERAL1_SMALL,privilegedMode=true,environmentVariables=[{name=IMAGE_REPO,value=$repo}]" \\
  --service-role arn:aws:iam::$account:role/quotes-build > /dev/null

echo "pipeline"
if kubectl get nodes > /dev/null 2>&1; then
  aws codebuild create-project --name quotes-k8s --source type=CODEPIPELINE,buildspec=buildspec-k8s.yml --artifacts type=CODEPIPELINE \\
    --environment type=LINUX_CONTAINER,image=aws/codebuild/standard:7.0,computeType=BUILD_GENERAL1_SMALL \\
    --service-role arn:aws:iam::$account:role/quotes-build > /dev/null
  aws codepipeline create-pipeline --cli-input-json file://aws/pipeline-k8s.json > /dev/null
else
  aws codepipeline create-pipeline --cli-input-json file://aws/pipeline.json > /dev/null
fi
echo "done: http://$(aws elbv2 describe-load-balancers --names quotes --query 'LoadBalancers[0].DNSName' --output text)/"
`,
  'buildspec-k8s.yml': `version: 0.2

phases:
  build:
    commands:
      - IMAGE=$(sed 's/.*"ImageURI":"\\([^"]*\\)".*/\\1/' imageDetail.json)
      - sed "s|IMAGE|$IMAGE|" k8s/web.yaml | kubectl apply -f -
      - kubectl rollout status deployment/quotes --timeout=120s
`,
  'buildspec.yml': `version: 0.2

env:
  exported-variables: [IMAGE_TAG]

phases:
  pre_build:
    commands:
      - export IMAGE_TAG=$(echo "$CODEBUILD_RESOLVED_SOURCE_VERSION" | cut -c 1-7)
      - aws ecr get-login-password --region $AWS_DEFAULT_REGION | docker login --username AWS --password-stdin \${IMAGE_REPO%%/*}
  build:
    commands:
      - npm test
      - docker build -t $IMAGE_REPO:$IMAGE_TAG .
      - docker push $IMAGE_REPO:$IMAGE_TAG
      - printf '[{"name":"web","imageUri":"%s"}]' $IMAGE_REPO:$IMAGE_TAG > imagedefinitions.json
      - printf '{"ImageURI":"%s"}' $IMAGE_REPO:$IMAGE_TAG > imageDetail.json

reports:
  unit:
    files: ['test-results/*.xml']
    file-format: JUNITXML

artifacts:
  files:
    - imagedefinitions.json
    - imageDetail.json
    - appspec.yaml
    - taskdef.json
    - buildspec-k8s.yml
    - k8s/**/*
`,
  'data/quotes.csv': `id;author;text
1;Ada Lovelace;The engine weaves algebraic patterns just as the loom weaves flowers and leaves.
2;Grace Hopper;The most dangerous phrase in the language is: we have always done it this way.
3;Edsger Dijkstra;Simplicity is prerequisite for reliability.
4;Barbara Liskov;The design process is iterative.
`,
  'k8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: quotes
  labels:
    app: quotes
spec:
  replicas: 2
  selector:
    matchLabels:
      app: quotes
  template:
    metadata:
      labels:
        app: quotes
    spec:
      containers:
        - name: web
          image: IMAGE
          ports:
            - containerPort: 8080
          readinessProbe:
            httpGet:
              path: /healthz
              port: 8080
            periodSeconds: 5
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
---
apiVersion: v1
kind: Service
metadata:
  name: quotes
spec:
  selector:
    app: quotes
  ports:
    - port: 80
      targetPort: 8080
`,
  'nginx/default.conf': `server {
    listen 8080;
    root /usr/share/nginx/html;

    location = /healthz {
        return 200 "ok\\n";
    }

    location = /api/version {
        return 200 "1.0.0\\n";
    }
}
`,
  'package.json': `{
  "name": "quotes",
  "version": "1.0.0",
  "private": true,
  "scripts": {
    "build": "sh scripts/build.sh",
    "test": "npm run test:unit && npm run test:integration",
    "test:unit": "sh test/unit.sh",
    "test:integration": "sh test/integration.sh"
  }
}
`,
  'scripts/build.sh': `#!/bin/sh
# Writes the site to public/.
set -e
mkdir -p public/api
awk -f scripts/quotes.awk data/quotes.csv > public/api/quotes.json
count=$(grep -c '"id"' public/api/quotes.json)
cat > public/index.html <<HTML
<!DOCTYPE html>
<title>Quotes</title>
<h1>$count quotes</h1>
<p>See <a href="/api/quotes.json">all of them</a>.</p>
HTML
echo "built public/ with $count quotes"
`,
  'scripts/quotes.awk': `# Turns data/quotes.csv into JSON. A line that does not have its three fields is an error.
BEGIN { FS = ";"; printf "[" }
NR == 1 { next }
NF != 3 { print "quotes.csv line " NR ": expected 3 fields, got " NF > "/dev/stderr"; failed = 1; exit 1 }
{
  if (count++) printf ","
  printf "\\n  {\\"id\\": %d, \\"author\\": \\"%s\\", \\"text\\": \\"%s\\"}", $1, $2, $3
}
END { if (!failed) print "\\n]"; exit failed }
`,
  'taskdef.json': `{
  "family": "quotes",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": "256",
  "memory": "512",
  "executionRoleArn": "arn:aws:iam::123456789012:role/quotes-tasks",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "<IMAGE1_NAME>",
      "essential": true,
      "portMappings": [{ "containerPort": 8080, "protocol": "tcp" }],
      "healthCheck": {
        "command": ["CMD-SHELL", "wget -q -O /dev/null http://localhost:8080/healthz"],
        "interval": 10,
        "timeout": 2,
        "retries": 3
      }
    }
  ]
}
`,
  'test/integration.sh': `#!/bin/sh
# Tests of the site and the server's configuration together.
set -e
sh scripts/build.sh > /dev/null
grep -q 'location = /healthz' nginx/default.conf || { echo "not ok - the server answers health checks"; exit 1; }
echo "ok - the server answers health checks"
grep -q 'listen *8080' nginx/default.conf || { echo "not ok - the server listens on 8080"; exit 1; }
echo "ok - the server listens on 8080"
grep -q '<h1>[1-9]' public/index.html || { echo "not ok - the page shows quotes"; exit 1; }
echo "ok - the page shows quotes"
`,
  'test/unit.sh': `#!/bin/sh
# Tests of the parts, without a server. Writes test-results/unit.xml for the build's report.
failures=0
cases=""
check() {
  if [ "$2" = "$3" ]; then
    echo "ok - $1"
    cases="$cases<testcase classname=\\"unit\\" name=\\"$1\\"/>"
  else
    echo "not ok - $1: expected '$3', got '$2'"
    failures=$((failures + 1))
    cases="$cases<testcase classname=\\"unit\\" name=\\"$1\\"><failure message=\\"expected $3\\"/></testcase>"
  fi
}
json=$(awk -f scripts/quotes.awk data/quotes.csv)
check "every line becomes a quote" "$(echo "$json" | grep -c '"id"')" "$(($(wc -l < data/quotes.csv) - 1))"
check "ids are unique" "$(echo "$json" | grep -o '"id": [0-9]*' | sort | uniq -d | wc -l | tr -d ' ')" "0"
check "no quote is empty" "$(echo "$json" | grep -c '"text": ""')" "0"
check "a broken line is refused" "$(printf 'id;author;text\\n1;only two\\n' | awk -f scripts/quotes.awk > /dev/null 2>&1; echo $?)" "1"
mkdir -p test-results
echo "<testsuite name=\\"unit\\">$cases</testsuite>" > test-results/unit.xml
[ "$failures" -eq 0 ]
`,
}
