sh deploy.sh production 5
