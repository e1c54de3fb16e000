FROM scratch AS Base
