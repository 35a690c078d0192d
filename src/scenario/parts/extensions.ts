// What a person adds to a server: kinds of their own and policies, with the language of their rules.
import { beforePolicies, mutatingPolicy, validatingPolicy } from '../../cluster/admission/index.ts';
import { mutatingPolicy as mutating } from '../../cluster/admission/mutatingPolicy.ts';
import { validatingPolicy as validating } from '../../cluster/admission/validatingPolicy.ts';
import { customResourceCleanup, customResourceNames } from '../../cluster/controllers/customResources.ts';
import { extensionControllers } from '../../cluster/controllers/index.ts';
import { policyStatus } from '../../cluster/controllers/policyStatus.ts';
import * as functions from '../../kube/cel/notSimulated.ts';
import * as kinds from '../../kube/custom/customKind.ts';
import { celFunctions, customKinds, definitionRules, policyRules } from '../../kube/late.ts';
import * as policies from '../../kube/validation/admissionPolicy.ts';
import * as definitions from '../../kube/validation/customResourceDefinition.ts';
import { fill, type Part } from './part.ts';

export const extensions: Part = [
  fill(extensionControllers, [customResourceNames, customResourceCleanup, policyStatus]),
  fill(mutatingPolicy, mutating(beforePolicies)),
  fill(validatingPolicy, validating),
  fill(customKinds, kinds),
  fill(definitionRules, definitions),
  fill(policyRules, policies),
  fill(celFunctions, functions),
];
