// Labels that make room for each other.
import { LabelLayout } from 'echarts/features';
import { use } from 'echarts/core';

use([LabelLayout]);
