# title: The first five seconds
# says: A small shop on two nodes; soon one of its pods is gone.
# seed: 7
# settle: 70s
lab cluster up --nodes 2 --zones 2
# at: 25s
cat > web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      terminationGracePeriodSeconds: 2
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 400m
            memory: 128Mi
YAML
kubectl apply -f web.yaml
kubectl expose deployment web --port=80
# at: 50s
lab traffic start clients --to service/web --rate 60
