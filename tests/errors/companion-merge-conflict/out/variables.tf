variable "a" {}
<<<<<<< HEAD
variable "b" {}
=======
variable "c" {}
>>>>>>> feature
