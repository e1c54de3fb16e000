# title: A container
# says: One machine with Docker: an image built in layers, a container that runs it, and a database beside it on a network of their own.
# settle: 90s
git clone -q https://git.example.com/quotes.git; cd quotes
# at: 10s
docker build -q -t quotes:1 . > /dev/null
# at: 50s
docker network create shop > /dev/null
docker run -d --name db --network shop -v data:/var/lib/postgresql/data -e POSTGRES_PASSWORD=secret postgres:17 > /dev/null
# at: 70s
docker run -d --name web --network shop -p 8080:8080 -e DATABASE_URL=postgres://postgres@db:5432/postgres quotes:1 > /dev/null
lab traffic start visitors --to http://localhost:8080/ --rate 20
