// The images that fewer documents are about.
import { moreImages } from '../../cluster/kubelet/shell/images/late.ts';
import { MORE_IMAGES } from '../../cluster/kubelet/shell/images/moreImages.ts';
import { fill, type Part } from './part.ts';

export const images: Part = [fill(moreImages, MORE_IMAGES)];
