// The whole language of YAML: what manifests are usually written in is read without it.
import { wholeYaml } from '../../kube/late.ts';
import * as yamlCode from '../../kube/yaml.ts';
import { fill, type Part } from './part.ts';

export const yaml: Part = [fill(wholeYaml, yamlCode)];
