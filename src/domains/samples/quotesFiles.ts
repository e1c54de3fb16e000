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
  post_build:
    commands:
      - test "$CODEBUILD_BUILD_SUCCEEDING" = 1 || exit 0
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
  "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
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
