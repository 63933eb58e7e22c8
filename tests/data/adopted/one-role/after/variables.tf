variable "vpc_id" {
  description = "VPC of the load balancer and the tasks"
  type        = string
}

variable "public_subnets" {
  description = "Subnets of the load balancer"
  type        = list(string)
}

variable "private_subnets" {
  description = "Subnets of the tasks"
  type        = list(string)
}

variable "sg_alb_id" {
  description = "Security group of the load balancer"
  type        = string
}

variable "sg_app_id" {
  description = "Security group of the tasks"
  type        = string
}

variable "db_endpoint" {
  description = "Host and port of the database"
  type        = string
}

variable "db_username" {
  description = "User of the database"
  type        = string
}

variable "db_password" {
  description = "Password of the database"
  type        = string
  sensitive   = true
}

variable "db_name" {
  description = "Name of the database"
  type        = string
}

variable "app_secret_key" {
  description = "Key that the application signs with"
  type        = string
  sensitive   = true
}

variable "image_tag" {
  description = "Tag of the backend's container image"
  type        = string
}

variable "backend_cors_origins" {
  description = "Origins that the backend answers, separated by commas"
  type        = string
}

variable "aws_region" {
  description = "Region that the application works in"
  type        = string
}

variable "s3_coach_videos_bucket" {
  description = "Bucket of the coaches' videos"
  type        = string
}

variable "s3_upload_url_expires_seconds" {
  description = "Seconds that an upload URL is valid"
  type        = number
}

variable "sqs_video_analysis_queue_url" {
  description = "URL of the video analysis queue"
  type        = string
}
