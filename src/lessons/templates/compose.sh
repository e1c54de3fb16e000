# title: Three tiers with Compose
# says: A web server, the application behind it and a database, on networks of their own, brought up by one compose file; visitors call it.
# draws: client Visitors > container web > container app > volume db
cd ~
test -d quotes || git clone -q https://git.example.com/quotes.git
docker build -q -t quotes:1 ~/quotes > /dev/null
mkdir -p ~/tiers
cat > ~/tiers/nginx.conf <<'CONF'
server {
  listen 80;
  location / {
    proxy_pass http://app:8080;
  }
}
CONF
cat > ~/tiers/compose.yaml <<'YAML'
name: tiers
services:
  web:
    image: nginx:1.27
    ports:
      - "8080:80"
    volumes:
      - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro
    networks: [front]
    depends_on: [app]
  app:
    image: quotes:1
    environment:
      DATABASE_URL: postgres://postgres@db:5432/postgres
    networks: [front, back]
    depends_on: [db]
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: secret
    volumes:
      - data:/var/lib/postgresql/data
    networks: [back]
networks:
  front:
  back:
volumes:
  data:
YAML
docker compose -f ~/tiers/compose.yaml up -d
lab traffic start visitors --to http://localhost:8080/ --rate 20
