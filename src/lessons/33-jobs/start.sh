# title: Work that ends
# says: Two nodes, and three pieces of work that each have an end.
# settle: 45s
lab cluster up --nodes 2
cat > broken.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: { name: broken }
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: broken, image: "busybox:1.36", command: [sh, -c, "sleep 2; exit 1"] }]
YAML
cat > six.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: { name: six }
spec:
  completions: 6
  parallelism: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: six, image: "busybox:1.36", command: [sleep, "20"] }]
YAML
