terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.archive]
    }
  }
}

resource "aws_s3_bucket" "uploads" {
  bucket = "carnet-uploads"
  tags   = { data = "marks" }
}

module "exports" {
  source = "./exports"
  providers = {
    aws = aws.archive
  }
}
