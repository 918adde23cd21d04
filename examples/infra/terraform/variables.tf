variable "audit_region" {
  type    = string
  default = "us-east-1"
}
