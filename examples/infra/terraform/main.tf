terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "eu-west-3"
  default_tags {
    tags = { app = "carnet" }
  }
}

# Exports were cheaper here when somebody made them.
provider "aws" {
  alias  = "archive"
  region = "us-west-2"
  default_tags {
    tags = { app = "carnet" }
  }
}

provider "aws" {
  alias  = "audit"
  region = var.audit_region
}

module "platform" {
  source = "./modules/platform"
  providers = {
    aws         = aws
    aws.archive = aws.archive
  }
}

resource "aws_s3_bucket" "traces" {
  provider = aws.audit
  bucket   = "carnet-traces"
  tags     = { data = "marks" }
}

resource "aws_dynamodb_table" "marks" {
  name         = "carnet-marks"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pupil"
  tags         = { data = "marks" }

  attribute {
    name = "pupil"
    type = "S"
  }

  replica {
    region_name = "eu-central-1"
  }

  replica {
    region_name = "ap-southeast-2"
  }
}
